const PLACEHOLDERS = new Set(
  `tbd tba tbc todo fixme wip placeholder pending missing coming soon to be to do defined determined decided added announced confirmed
  completed documented done filled in later lorem ipsum add here offen noch folgt kommt ausstehend wird ergänzt in arbeit fehlt xxx`.split(
    /\s+/,
  ),
);
const LONGEST = 80;

/** True for text that only says that something is still to be written: nothing at all, `TBD`, `to be defined`, `…`. */
export function isPlaceholder(text: string): boolean {
  if (text.length > LONGEST) return false;
  const said = text
    .toLowerCase()
    .normalize('NFC')
    .replace(/t\.\s?b\.\s?([acd])\.?/g, 'tb$1');
  for (const [word] of said.matchAll(/[\p{L}\p{N}]+/gu)) if (!PLACEHOLDERS.has(word)) return false;
  return true;
}
