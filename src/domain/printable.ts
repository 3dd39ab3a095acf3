const UNPRINTABLE = /\p{C}/gu;
const MAX_LENGTH = 120;

/**
 * A name from a site, fit to stand in a sentence: in quotation marks, short, on one line, without control characters and
 * without the marks that turn the direction of writing (they make `gpj.exe` look like `exe.jpg`).
 */
export function quoted(name: string): string {
  const clean = name
    .slice(0, 4 * MAX_LENGTH)
    .replace(/\s+/g, ' ')
    .replace(UNPRINTABLE, '')
    .trim();
  const letters = Array.from(clean);
  return `"${letters.length > MAX_LENGTH ? `${letters.slice(0, MAX_LENGTH - 1).join('')}…` : clean}"`;
}
