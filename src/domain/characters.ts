/** What counting asks of a character; each has one kind. */
export const ORDINARY = 1;
export const SPACE = 2;
export const WORD = 4;

/** The kind of every UTF-16 code: one look-up where comparing takes several, and this runs over every character of a site. */
const KINDS = kinds();

function kinds(): Uint8Array {
  const all = new Uint8Array(0x1_0000).fill(ORDINARY);
  // What `\s` matches.
  const spaces = [0x20, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff];
  for (const code of spaces) all[code] = SPACE;
  all.fill(SPACE, 0x09, 0x0e);
  all.fill(SPACE, 0x2000, 0x200b);
  // Chinese and Japanese write no spaces: there each character counts as a word.
  all.fill(WORD, 0x3040, 0x3100);
  all.fill(WORD, 0x3400, 0xa000);
  all.fill(WORD, 0xf900, 0xfb00);
  return all;
}

export const kindOf = (code: number): number => KINDS[code] ?? ORDINARY;

export const isSpace = (code: number): boolean => KINDS[code] === SPACE;

/** The codes of a text in a row: to look at each of them is faster there, and a hash takes them as they are. */
export function codesOf(text: string): Uint16Array<ArrayBuffer> {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint16Array(bytes.buffer, bytes.byteOffset, text.length);
}
