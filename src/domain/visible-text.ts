import type { BodyFacts } from './facts.ts';
import { INLINE } from './storage-elements.ts';

const OTHER_SPACES: ReadonlySet<number> = new Set([
  0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
  0x202f, 0x205f, 0x3000, 0xfeff,
]);

const SPACE = 32;
/** The first code after ASCII that may be a space. */
const FIRST_OTHER = 0xa0;

/** Counts the words and characters that a reader sees; fed with the events of `readStorage` but for silent text. */
export function createVisibleText() {
  let words = 0;
  let characters = 0;
  let insideWord = false;

  return {
    /** An element begins or ends. */
    boundary(name: string): void {
      if (!INLINE.has(name)) insideWord = false;
    },
    /** What stands in `source` between two places. */
    text(source: string, from: number, to: number): void {
      // Counted in variables of its own: this runs over every character of a site.
      let begun = insideWord;
      let newWords = 0;
      let spaces = 0;
      for (let index = from; index < to; index += 1) {
        const code = source.charCodeAt(index);
        if (code > SPACE && code < FIRST_OTHER) {
          if (!begun) newWords += 1;
          begun = true;
        } else if (isSpace(code)) {
          spaces += 1;
          begun = false;
        } else if (isWordOfItsOwn(code)) {
          newWords += 1;
          begun = false;
        } else {
          if (!begun) newWords += 1;
          begun = true;
        }
      }
      insideWord = begun;
      words += newWords;
      characters += to - from - spaces;
    },
    result: (): Pick<BodyFacts, 'words' | 'characters'> => ({ words, characters }),
  };
}

/** What `\s` matches; comparing codes is several times faster here. */
const isSpace = (code: number): boolean =>
  code === SPACE || (code >= 9 && code <= 13) || code === 0xa0 || (code >= 0x1680 && OTHER_SPACES.has(code));

/** Chinese and Japanese write no spaces: there each character counts as a word. */
const isWordOfItsOwn = (code: number): boolean =>
  code >= 0x3040 && (code <= 0x30ff || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff));
