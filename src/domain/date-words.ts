/** What a date in the text of a page says of the page: it was reviewed or tested then, or is to be reviewed by then. */
export type DateKind = 'reviewed' | 'tested' | 'review-due';

const REVIEWED = String.raw`review(?:ed)?|verified|verification|checked|check|validated|validation|confirmed`;
const TESTED = String.raw`test(?:ed)?|drill(?:ed)?|exercised?|rehearsal|rehearsed|dry run|game day|walk ?through`;
const GEPRUEFT = 'geprüft|überprüft|verifiziert|kontrolliert|bestätigt|validiert|gegengelesen|durchgesehen';
const GETESTET = 'getestet|geübt|erprobt|geprobt|durchgespielt';
const PRUEFUNG = '(?:über)?prüfung|durchsicht|review|verifizierung|kontrolle|validierung';
const TEST = 'test|übung|notfallübung|probe|probelauf|testlauf|probealarm';
const KIND_OF_REVIEW =
  '(?:(?:full|formal|content|document|page|runbook|annual|yearly|quarterly|successful|live|peer|technical) )?';
/** `Last reviewed by @ada on …`: a mention has no text. */
const TAIL = '(?: date| datum)?(?: by| von| durch)?(?: on| at| am)?';

const PHRASES: readonly (readonly [DateKind, string])[] = [
  [
    'review-due',
    `next ${KIND_OF_REVIEW}(?:review|check|verification|validation|revision)(?: due| by)?|review (?:by|due|before)|(?:due|up) for review|` +
      `nächste[rs]? (?:${PRUEFUNG}|prüftermin)|(?:zu )?(?:über)?prüfen bis|review bis|wiedervorlage`,
  ],
  [
    'tested',
    `(?:last|latest|most recent|date of last|date last) ${KIND_OF_REVIEW}(?:${TESTED})|tested|` +
      `zuletzt (?:${GETESTET})|(?:datum )?(?:des |der )?letzte[nrs]? (?:${TEST})s?|(?:${GETESTET})`,
  ],
  [
    'reviewed',
    `(?:last|latest|most recent|date of last|date last) ${KIND_OF_REVIEW}(?:${REVIEWED})|reviewed|verified|validated|` +
      `zuletzt (?:${GEPRUEFT})|(?:datum )?(?:des |der )?letzte[nrs]? (?:${PRUEFUNG})s?|(?:${GEPRUEFT})`,
  ],
];
const WHOLE = PHRASES.map(([kind, words]) => [kind, new RegExp(`^(?:${words})${TAIL}$`)] as const);
const AT_END = PHRASES.map(
  ([kind, words]) => [kind, new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})${TAIL}$`, 'u')] as const,
);
/** Words that turn what follows them round: `not yet reviewed`, `to be tested by`. */
const DENIED = /(?:^|[^\p{L}])(?:not|never|be|nicht|nie|noch|un)[ -](?:\p{L}+ ){0,2}\p{L}*$/u;
/** Seldom true and cheap: labels are everywhere. The letter before `f` may be two in Unicode. */
const MAYBE =
  /review|verif|check|valid|confirm|test|drill|exerc|rehear|run|day|walk|pr[uü]|kontroll|durch|wieder|[uü]b|prob/i;
const LONGEST = 80;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\s:*?()–—-]+/g, ' ')
    .trim();

/** What the label of a row or the text before a colon announces, where it is nothing but that. */
export function dateKind(label: string): DateKind | null {
  if (label.length > LONGEST || !MAYBE.test(label)) return null;
  const words = plain(label);
  return WHOLE.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** What the words right before a date say of it, wherever the sentence began. */
export function dateKindBefore(text: string): DateKind | null {
  const words = plain(text.slice(-LONGEST));
  for (const [kind, pattern] of AT_END) {
    const at = words.search(pattern);
    if (at >= 0) return DENIED.test(words.slice(0, at) + (words[at] ?? '')) ? null : kind;
  }
  return null;
}
