// oxlint-disable-next-line no-control-regex -- most names are ASCII, which has one form only
const ASCII = /^[\u0000-\u007f]*$/;
const STAR = 0x2a;
const ANY = 0x3f;
const fold = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFC')).toLowerCase();

/**
 * True where the pattern covers the whole text: `*` is any run of characters (also `/`), `?` one character, case does not
 * count and nothing else is special, so that `[OPS] Runbook (v2)*` means what it says. Needs at most length times length
 * steps: titles come from strangers, and a regular expression with several stars may never come back.
 */
export const matchesGlob = (pattern: string, text: string): boolean => covers(fold(pattern), fold(text));

function covers(glob: string, word: string): boolean {
  let g = 0;
  let w = 0;
  let star = -1;
  let resumeAt = 0;
  while (w < word.length) {
    if (glob[g] === '*') {
      star = g;
      resumeAt = w;
      g += 1;
    } else if (glob[g] === '?') {
      g += 1;
      w += widthAt(word, w);
    } else if (g < glob.length && glob[g] === word[w]) {
      g += 1;
      w += 1;
    } else if (star >= 0) {
      g = star + 1;
      resumeAt += widthAt(word, resumeAt);
      w = resumeAt;
    } else {
      return false;
    }
  }
  while (glob[g] === '*') g += 1;
  return g === glob.length;
}

/** A character beyond the first 65,536 takes two places. */
const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** The first of the patterns that covers the text, else null. */
export function firstMatch(patterns: readonly string[], text: string): string | null {
  if (patterns.length === 0) return null;
  const word = fold(text);
  return patterns.find((pattern) => !endsOtherwise(pattern, word) && covers(fold(pattern), word)) ?? null;
}

/** Most patterns end in letters that the text does not end in, which is told without a look at the rest. */
function endsOtherwise(pattern: string, word: string): boolean {
  const [ofPattern, ofWord] = [pattern.charCodeAt(pattern.length - 1), word.charCodeAt(word.length - 1)];
  if (!(ofPattern < 0x80 && ofWord < 0x80) || ofPattern === STAR || ofPattern === ANY) return false;
  // Upper and lower case of a letter differ in this bit.
  return (ofPattern | 0x20) !== (ofWord | 0x20);
}
