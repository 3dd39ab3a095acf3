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

const LAST = '(?:last|latest|most recent|date of last|date last)';
const LETZTE = '(?:datum )?(?:des |der )?letzte[nrs]?';

/** Words that speak of the page wherever they stand, and such as do so only where nothing stands before them: `incident reviewed on …`. */
const PHRASES: readonly (readonly [kind: DateKind, anywhere: string, alone: string])[] = [
  [
    'review-due',
    `next ${KIND_OF_REVIEW}(?:review|check|verification|validation|revision)(?: due| by)?|nächste[rs]? (?:${PRUEFUNG}|prüftermin)`,
    'review (?:by|due|before)|(?:due|up) for review|(?:zu )?(?:über)?prüfen bis|review bis|wiedervorlage',
  ],
  [
    'tested',
    `${LAST} ${KIND_OF_REVIEW}(?:${TESTED})|zuletzt (?:${GETESTET})|${LETZTE} (?:${TEST})s?`,
    `tested|(?:${GETESTET})`,
  ],
  [
    'reviewed',
    `${LAST} ${KIND_OF_REVIEW}(?:${REVIEWED})|zuletzt (?:${GEPRUEFT})|${LETZTE} (?:${PRUEFUNG})s?`,
    `reviewed|verified|validated|(?:${GEPRUEFT})`,
  ],
];
const WHOLE = PHRASES.map(
  ([kind, anywhere, alone]) => [kind, new RegExp(`^(?:${anywhere}|${alone})${TAIL}$`)] as const,
);
const AT_END = PHRASES.map(
  ([kind, anywhere]) => [kind, new RegExp(`(?<![\\p{L}\\p{N}])(?:${anywhere})${TAIL}$`, 'u')] as const,
);
/** Words that turn what follows them round: `was not last reviewed`, `has never been last tested`. */
const DENIED = /(?:^| )(?:not|never|nicht|nie|ohne|without) (?:\p{L}+ ){0,2}$/u;
const SENTENCE_ENDS = /[.;!?|(•]\s/;
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

/** What the words right before a date say of it; a sentence may begin before them only where they speak of the page. */
export function dateKindBefore(text: string): DateKind | null {
  const sentence =
    text
      .slice(-2 * LONGEST)
      .split(SENTENCE_ENDS)
      .at(-1) ?? '';
  const whole = dateKind(sentence);
  if (whole !== null || !MAYBE.test(sentence)) return whole;
  const words = plain(sentence);
  for (const [kind, pattern] of AT_END) {
    const at = words.search(pattern);
    if (at >= 0) return DENIED.test(words.slice(0, at)) ? null : kind;
  }
  return null;
}
