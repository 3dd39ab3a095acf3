import type { BodyMarker, MarkerKind } from './facts.ts';

/** Small letters only where no language has such a word: `todo` is Spanish for everything. */
const WORDS =
  /(?<![\p{L}\p{N}_/.#@-])(?:TODO|FIXME|[Ff]ixme|WIP|T\.?B\.?[DAC]|[Tt]b[dac]|[Ll]orem [Ii]psum)(?![\p{L}\p{N}_-])/gu;
/** Asked of a whole body, and then of each line: seldom true and cheap. */
const TRACE = /TODO|FIXME|WIP|T\.?B\.?[DAC]|[Tt]b[dac]|ixme|psum/;
const PROMISE =
  /^(?:to be (?:defined|determined|decided|added|announced|confirmed|completed|documented|done|filled in|written|continued)|coming soon|work in progress|under construction|placeholder|(?:please )?fill (?:me |this )?in|(?:noch )?zu ergänzen|(?:muss|wird) (?:noch )?(?:ergänzt|geschrieben|dokumentiert|geklärt)(?: werden)?|folgt(?: noch)?|kommt noch|noch offen|in arbeit|platzhalter)$/i;
const PROMISE_BEGINS =
  /(?:^|[:([–—]|\s-)\s*(?:to be |coming |work in|under c|place|please |fill |noch |zu erg|muss |wird |folgt|kommt |in arb|platz)/i;
/** Asked of every line of a site, so it is cheap and seldom true. */
const MAY_PROMISE = /^[\s-]*(?:to|com|work|under|pl|fill|no|zu|mus|wir|fol|kom|in)/i;
const LONGEST_PROMISE = 60;
const DASH = 45;
const BLANK = /\s/;
/** Where the word is the name of a column, a list or a state, or speaks another language. */
const NAMED_AFTER =
  /^\s*["'”“»]|^\s*(?:lists?|items?|columns?|lanes?|boards?|states?|status|labels?|tags?|limits?|apps?|to|or|→|->|liste|spalte|el|la|lo|los|las|o|os|que)(?![\p{L}\p{N}])/iu;
const NAMED_BEFORE = /(?:["'“„«]|(?:^|[^\p{L}])(?:from|column|lane|state|label|tag|called|named|spalte|liste)\s+)$/iu;

const KINDS: Readonly<Record<string, MarkerKind>> = { T: 'TODO', F: 'FIXME', W: 'WIP', L: 'lorem ipsum' };

/** Counts what says that a page is not finished: marks such as `TODO`, lines that only promise, hints of its template. */
export function createMarkers(storage: string) {
  const marked = TRACE.test(storage);
  const counts = new Map<MarkerKind, number>();
  const add = (kind: MarkerKind): void => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  };

  return {
    line(text: string): void {
      if (promises(text)) add('promise');
      if (!marked || !TRACE.test(text)) return;
      for (const { 0: word, index } of text.matchAll(WORDS)) {
        const before = text.slice(Math.max(0, index - 20), index);
        if (NAMED_AFTER.test(text.slice(index + word.length, index + word.length + 20)) || NAMED_BEFORE.test(before))
          continue;
        const upper = word.toUpperCase();
        add(upper.startsWith('TB') || upper.startsWith('T.B') ? 'TBD' : (KINDS[upper.charAt(0)] ?? 'TODO'));
      }
    },
    hint: (): void => add('template hint'),
    result: (): readonly BodyMarker[] =>
      [...counts].map(([kind, count]) => ({ kind, count })).toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
  };
}

/** A line that only says that something will come, or that ends with it after a colon, a dash or a bracket. */
function promises(text: string): boolean {
  const start = lastPart(text);
  if (start < 0) return false;
  const last = start === 0 ? text : text.slice(start);
  return (
    MAY_PROMISE.test(last) &&
    PROMISE_BEGINS.test(text) &&
    PROMISE.test(last.normalize('NFC').replace(/^[\s-]+|[\s.!…)\]]+$/g, ''))
  );
}

/** `:`, `(`, `[`, `–` and `—` part a line, and so does a dash after a blank. */
const isSign = (code: number): boolean =>
  code === 58 || code === 40 || code === 91 || code === 0x2013 || code === 0x2014;

/** Where the last part of a line begins; negative where it is too long for a promise. */
function lastPart(text: string): number {
  const least = text.length - LONGEST_PROMISE;
  for (let start = text.length; start > 0 && start >= least; start -= 1) {
    const code = text.charCodeAt(start - 1);
    if (isSign(code) || (code === DASH && start > 1 && BLANK.test(text.charAt(start - 2)))) return start;
  }
  return least > 0 ? -1 : 0;
}
