const PLACEHOLDERS = new Set(
  `tbd tba tbc todo fixme wip placeholder pending missing coming soon to be to do defined determined decided added announced confirmed
  completed documented done filled in later lorem ipsum add here offen noch folgt kommt ausstehend wird ergänzt in arbeit fehlt xxx`.split(
    /\s+/,
  ),
);
const LONGEST = 80;
/** A first word without accents, which may follow it as characters of their own. */
const FIRST_WORD = /^[^A-Za-z0-9\u0080-\uffff]*([A-Za-z0-9]+)(?![A-Za-z0-9\u0080-\uffff])/;

/** True for text that only says that something is still to be written: nothing at all, `TBD`, `to be defined`, `…`. */
export function isPlaceholder(text: string): boolean {
  if (text.length > LONGEST) return false;
  // Most texts say something right away, which is cheaper to see. A `t` may begin `t. b. d.`
  const first = FIRST_WORD.exec(text)?.[1]?.toLowerCase();
  if (first !== undefined && first !== 't' && !PLACEHOLDERS.has(first)) return false;
  const said = text
    .toLowerCase()
    .normalize('NFC')
    .replace(/t\.\s?b\.\s?([acd])\.?/g, 'tb$1');
  for (const [word] of said.matchAll(/[\p{L}\p{N}]+/gu)) if (!PLACEHOLDERS.has(word)) return false;
  return true;
}
