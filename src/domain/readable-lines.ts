import { CELL } from './storage-elements.ts';
import type { Attributes } from './storage-tags.ts';

/**
 * Collects all text of a body for a search: also macro parameters and addresses, one line for each paragraph, item and row,
 * tabs between the cells of a row. Fed with the events of `readStorage`.
 */
export function createReadableLines() {
  let text = '';
  let cells = 0;
  let fresh = true;

  const boundary = (): void => {
    if (fresh) return;
    text += cells > 0 ? ' ' : '\n';
    fresh = true;
  };

  return {
    /** `parts`: whether the element parts words. */
    open(name: string, parts: boolean, attributes: Attributes): void {
      if (parts) boundary();
      if (CELL.has(name)) cells += 1;
      if (!attributes.any()) return;
      const address = attributes.get('href') ?? attributes.get('ri:value');
      if (address === undefined) return;
      text += `${address} `;
      fresh = true;
    },
    close(name: string, parts: boolean): void {
      if (CELL.has(name)) {
        cells -= 1;
        text += '\t';
        fresh = true;
      } else if (name === 'tr') {
        text += '\n';
        fresh = true;
      } else if (parts) boundary();
    },
    text(source: string, from: number, to: number): void {
      if (from === to) return;
      text += source.slice(from, to);
      fresh = false;
    },
    result: (): string => text,
  };
}
