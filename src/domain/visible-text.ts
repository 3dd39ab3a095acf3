import type { BodyFacts } from './facts.ts';

/** Elements whose text a reader of the page does not see. */
const SILENT: ReadonlySet<string> = new Set([
  'ac:parameter',
  'ac:default-parameter',
  'ac:placeholder',
  'ac:adf-attribute',
  'ac:adf-fallback', // repeats what ac:adf-content says
  'ac:task-id',
  'ac:task-uuid',
  'ac:task-status',
]);

/** Elements inside a word; any other one ends it. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var ac:inline-comment-marker'.split(
    ' ',
  ),
);

const HEADING = /^h([1-6])$/;
const OTHER_SPACES: ReadonlySet<number> = new Set([
  0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
  0x202f, 0x205f, 0x3000, 0xfeff,
]);

const MAX_HEADINGS = 2_000;
const MAX_HEADING_LENGTH = 255;

/** Counts the words that a reader sees and collects the headings; fed with the events of `readStorage`. */
export function createVisibleText() {
  let silence = 0;
  let words = 0;
  let insideWord = false;
  let heading: { readonly level: number; text: string } | null = null;
  let complete = true;
  const headings: { level: number; text: string }[] = [];

  const countWords = (chunk: string): void => {
    for (let index = 0; index < chunk.length; index += 1) {
      const code = chunk.charCodeAt(index);
      if (isSpace(code)) insideWord = false;
      else if (isWordOfItsOwn(code)) {
        words += 1;
        insideWord = false;
      } else if (!insideWord) {
        words += 1;
        insideWord = true;
      }
    }
  };

  const finishHeading = (): void => {
    if (heading === null) return;
    const text = heading.text
      .replace(/[\s\0]+/g, ' ')
      .trim()
      .slice(0, MAX_HEADING_LENGTH)
      .toWellFormed();
    if (headings.length >= MAX_HEADINGS) complete = false;
    else if (text !== '') headings.push({ level: heading.level, text });
    heading = null;
  };

  return {
    open(name: string): void {
      if (SILENT.has(name)) silence += 1;
      if (!INLINE.has(name)) insideWord = false;
      const level = HEADING.exec(name)?.[1];
      if (level !== undefined) {
        finishHeading();
        heading = { level: Number(level), text: '' };
      }
    },
    close(name: string): void {
      if (SILENT.has(name)) silence -= 1;
      if (!INLINE.has(name)) insideWord = false;
      if (HEADING.test(name)) finishHeading();
    },
    text(chunk: string): void {
      if (silence > 0 || chunk === '') return;
      countWords(chunk);
      // Twice the final length leaves room for the white space that is collapsed at the end.
      if (heading !== null && heading.text.length < 2 * MAX_HEADING_LENGTH) {
        heading.text += chunk.slice(0, 2 * MAX_HEADING_LENGTH);
      }
    },
    result(): Pick<BodyFacts, 'words' | 'headings'> & { readonly complete: boolean } {
      finishHeading();
      return { words, headings, complete };
    },
  };
}

/** What `\s` matches; comparing codes is several times faster here, and this runs over every character of a site. */
const isSpace = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || (code >= 0x1680 && OTHER_SPACES.has(code));

/** Chinese and Japanese write no spaces: there each character counts as a word. */
const isWordOfItsOwn = (code: number): boolean =>
  code >= 0x3040 && (code <= 0x30ff || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff));
