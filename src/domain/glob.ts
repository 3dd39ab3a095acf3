const fold = (text: string): string[] => Array.from(text.normalize('NFC').toLowerCase());

/**
 * True where the pattern covers the whole text: `*` is any run of characters (also `/`), `?` one character, case does not
 * count and nothing else is special, so that `[OPS] Runbook (v2)*` means what it says. Needs at most length times length
 * steps: titles come from strangers, and a regular expression with several stars may never come back.
 */
export const matchesGlob = (pattern: string, text: string): boolean => covers(fold(pattern), fold(text));

function covers(glob: readonly string[], word: readonly string[]): boolean {
  let g = 0;
  let w = 0;
  let star = -1;
  let resumeAt = 0;
  while (w < word.length) {
    if (glob[g] === '*') {
      star = g;
      resumeAt = w;
      g += 1;
    } else if (g < glob.length && (glob[g] === '?' || glob[g] === word[w])) {
      g += 1;
      w += 1;
    } else if (star >= 0) {
      g = star + 1;
      resumeAt += 1;
      w = resumeAt;
    } else {
      return false;
    }
  }
  return glob.slice(g).every((character) => character === '*');
}

/** The first of the patterns that covers the text, else null. */
export function firstMatch(patterns: readonly string[], text: string): string | null {
  const word = fold(text);
  const last = word.at(-1);
  return patterns.find((pattern) => mayEndWith(pattern, last) && covers(fold(pattern), word)) ?? null;
}

/** Most patterns of a list end in another character than the text, which is cheaper to see. */
function mayEndWith(pattern: string, last: string | undefined): boolean {
  const end = pattern.at(-1) ?? '*';
  return end === '*' || end === '?' || end > '\u007f' || end.toLowerCase() === last;
}
