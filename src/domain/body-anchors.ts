import type { BodyFacts } from './facts.ts';
import { MACRO, PLAIN } from './storage-elements.ts';
import type { Attributes } from './storage-tags.ts';

const MAX_ANCHORS = 2_000;
const MAX_NAME = 255;
/** The elements that it has to be told of. */
export const ANCHORING: readonly string[] = [...PLAIN, ...MACRO, 'ac:parameter'];

/** Collects the names that anchor macros set: their parameter without a name. Fed with the events of `readStorage`. */
export function createAnchors() {
  const names = new Set<string>();
  /** Macros that are open, and whether they are anchors. */
  const macros: boolean[] = [];
  let plain = 0;
  let name: string | null = null;
  let complete = true;

  return {
    open(element: string, attributes: Attributes): void {
      if (PLAIN.has(element)) plain += 1;
      if (plain > 0) return;
      if (MACRO.has(element)) macros.push(attributes.get('ac:name') === 'anchor');
      else if (element === 'ac:parameter' && macros.at(-1) === true && (attributes.get('ac:name') ?? '') === '')
        name = '';
    },
    close(element: string): void {
      if (PLAIN.has(element)) plain -= 1;
      else if (plain > 0) return;
      else if (MACRO.has(element)) macros.pop();
      else if (element === 'ac:parameter' && name !== null) {
        const tidy = name
          .replace(/[\s\0]+/g, ' ')
          .trim()
          .toWellFormed();
        name = null;
        if (tidy === '') return;
        if (tidy.length <= MAX_NAME && names.size < MAX_ANCHORS) names.add(tidy);
        else complete = false;
      }
    },
    text(source: string, from: number, to: number): void {
      if (name !== null && name.length <= 2 * MAX_NAME) name += source.slice(from, Math.min(to, from + 2 * MAX_NAME));
    },
    result(): Pick<BodyFacts, 'anchors'> & { readonly complete: boolean } {
      return { anchors: [...names], complete };
    },
  };
}
