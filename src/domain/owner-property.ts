import type { BodyFacts } from './facts.ts';
import { isPlaceholder } from './placeholder-text.ts';
import { CELL } from './storage-elements.ts';
import type { Attributes } from './storage-tags.ts';

const OWNER = /^(?:(?:page|document|doc|runbook|service|content) )?(?:owners?|owned by|maintainers?|maintained by)$/;
const VERANTWORTLICH = /^(?:verantwortlich(?:e|er|keit)?|eigentümer(?:in)?|besitzer(?:in)?|zuständig(?:keit)?)$/;
/** Placeholders of this property that would say something elsewhere. */
const NOBODY = /^(?:n\/?a|none|nobody|unknown|unassigned|keiner?|niemand|unbekannt|@.*name.*)$/;
const MAX_TEXT = 200;
/** The elements that it has to be told of. */
export const OWNING: readonly string[] = [...CELL, 'tr', 'ri:user'];

/**
 * Finds the row of a table that names the owner, as in the macro "page properties": its first cell says `Owner`, the second
 * one who that is. Fed with the events of `readStorage` but for silent text. A row of headings names nobody.
 */
export function createOwnerProperty() {
  let found: BodyFacts['ownerProperty'] = null;
  let cells = 0;
  let text: string | null = null;
  let accountId: string | null = null;
  let ownerRow = false;

  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'tr') {
        cells = 0;
        ownerRow = false;
      } else if (CELL.has(name)) {
        cells += 1;
        text = cells === 1 || (cells === 2 && ownerRow && name === 'td') ? '' : null;
        accountId = null;
      } else if (name === 'ri:user' && text !== null) {
        accountId ??= attributes.get('ri:account-id') ?? attributes.get('ri:userkey') ?? null;
      }
    },
    close(name: string): void {
      if (text === null || found !== null || !CELL.has(name)) return;
      const said = text.replace(/\s+/g, ' ').trim().toLowerCase();
      if (cells === 1) {
        const property = said.replace(/\s*[:*?]+$/, '');
        ownerRow = OWNER.test(property) || VERANTWORTLICH.test(property);
      } else if (accountId !== null || !(isPlaceholder(said) || NOBODY.test(said))) {
        // Postgres takes neither NUL nor half a surrogate pair.
        found = { accountId: accountId?.replaceAll('\0', '').toWellFormed().slice(0, MAX_TEXT) ?? null };
      }
      text = null;
    },
    text(source: string, from: number, to: number): void {
      if (text !== null && text.length < MAX_TEXT) text += source.slice(from, Math.min(to, from + MAX_TEXT));
    },
    result: (): BodyFacts['ownerProperty'] => found,
  };
}
