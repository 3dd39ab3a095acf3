/** A question to a heading: whether it is one of the names of a section. */
export type SectionMatch = (words: readonly string[]) => boolean;

/** Numbers that only count: `1.`, `2.3`, `Step 4:`, `IV.`, `b)`. */
const COUNTING =
  /^(?:(?:step|schritt|phase|part|teil|section|abschnitt)\s+)?(?:\d+(?:\.\d+)*|[ivx]+|[a-z])\s*[.):\-–—]\s*(?=\S)/iu;

/** The words of a heading in small letters, without numbering, emoji and punctuation. */
export function headingWords(text: string): readonly string[] {
  const bare = text.replace(/^[^\p{L}\p{N}]+/u, '').replace(COUNTING, '');
  return (
    bare
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Makes the question from names such as `roll back`, `escalat*` or `*prüfung`. */
export function sectionMatch(names: readonly string[]): SectionMatch {
  const patterns = names.map(patternOf).filter((pattern) => pattern.length > 0);
  return (words) =>
    patterns.some((pattern) =>
      words.some((_, start) => pattern.every((fits, offset) => fits(words[start + offset] ?? ''))),
    );
}

function patternOf(name: string): readonly ((word: string) => boolean)[] {
  const parts =
    name
      .normalize('NFKC')
      .toLowerCase()
      .match(/\*?[\p{L}\p{N}]+\*?|\*/gu) ?? [];
  return parts.map((part) => {
    const word = part.replaceAll('*', '');
    if (word === '') return (other) => other !== '';
    if (part.startsWith('*') && part.endsWith('*')) return (other) => other.includes(word);
    if (part.startsWith('*')) return (other) => other.endsWith(word);
    if (part.endsWith('*')) return (other) => other.startsWith(word);
    return (other) => other === word;
  });
}
