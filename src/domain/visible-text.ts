import { codesOf, kindOf, ORDINARY, SPACE, WORD } from './characters.ts';
import type { BodyFacts } from './facts.ts';

/**
 * Counts the words and characters that a reader sees; fed with the events of `readStorage` but for silent text. `codes` are those of
 * the body: this looks at every character of a site, which is faster there than in a string.
 */
export function createVisibleText(storage: string, codes: Uint16Array) {
  let words = 0;
  let characters = 0;
  /** The kind of the character before: a word goes on from one piece of text to the next. */
  let last = SPACE;

  const count = (read: Uint16Array, from: number, to: number): void => {
    // In variables of its own and without a branch.
    let before = last;
    let begun = 0;
    let single = 0;
    let spaces = 0;
    for (let at = from; at < to; at += 1) {
      const kind = kindOf(read[at] ?? 0);
      begun += kind & ~before & ORDINARY;
      single += (kind & WORD) >> 2;
      spaces += (kind & SPACE) >> 1;
      before = kind;
    }
    last = before;
    words += begun + single;
    characters += to - from - spaces;
  };

  return {
    /** An element begins or ends that parts words. */
    boundary(): void {
      last = SPACE;
    },
    /** What stands in `source` between two places. */
    text(source: string, from: number, to: number): void {
      count(source === storage ? codes : codesOf(source), from, to);
    },
    result: (): Pick<BodyFacts, 'words' | 'characters'> => ({ words, characters }),
  };
}
