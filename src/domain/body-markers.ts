import { isSpace } from './characters.ts';
import type { BodyMarker, MarkerKind } from './facts.ts';
import { type Passage, textOf } from './passage.ts';

/** Small letters only where no language has such a word: `todo` is Spanish for everything. */
const WORDS =
  /(?<![\p{L}\p{N}_/.#@-])(?:TODO|FIXME|[Ff]ixme|WIP|T\.?B\.?[DAC]|[Tt]b[dac]|[Ll]orem [Ii]psum)(?![\p{L}\p{N}_-])/gu;
/** Asked of a whole body, and then of each line: seldom true and cheap. */
const TRACE = /TODO|FIXME|WIP|T\.?B\.?[DAC]|[Tt]b[dac]|ixme|psum/;
const PROMISE =
  /^(?:to be (?:defined|determined|decided|added|announced|confirmed|completed|documented|done|filled in|written|continued)|coming soon|work in progress|under construction|placeholder|(?:please )?fill (?:me |this )?in|(?:noch )?zu ergänzen|(?:muss|wird) (?:noch )?(?:ergänzt|geschrieben|dokumentiert|geklärt)(?: werden)?|folgt(?: noch)?|kommt noch|noch offen|in arbeit|platzhalter)$/i;
const PROMISE_BEGINS =
  /(?:^|[:([–—]|\s-)\s*(?:to be |coming |work in|under c|place|please |fill |noch |zu erg|muss |wird |folgt|kommt |in arb|platz)/i;
/** How the last words of promises end. */
const ENDINGS =
  `ned ded ced med ted ued one ten oon ess ion der zen nzt ben ert \u00e4rt \u0308rt den lgt och fen eit ter`
    .split(' ')
    .concat(' in');
/** For each of the last three characters, which endings have it there, a bit each: asked of every line of a site. */
const [THIRD_LAST, SECOND_LAST, LAST] = [0, 1, 2].map((place) => {
  const bits = new Int32Array(256);
  for (const [index, ending] of ENDINGS.entries()) {
    const code = fold(ending.charCodeAt(place));
    bits[code] = (bits[code] ?? 0) | (1 << index);
  }
  return bits;
}) as [Int32Array, Int32Array, Int32Array];
/** Cheap and seldom true. */
const MAY_PROMISE = /^[\s-]*(?:to|com|work|under|pl|fill|no|zu|mus|wir|fol|kom|in)/i;
const LONGEST_PROMISE = 60;
const DASH = 45;
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
    line(line: Passage): void {
      if (endsAsPromise(line) && promises(textOf(line))) add('promise');
      if (!marked) return;
      const text = textOf(line);
      if (!TRACE.test(text)) return;
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

/** Capitals become small letters; others may fall together, which costs a closer look and nothing else. */
function fold(code: number): number {
  return (code | 0x20) & 0xff;
}

/** What may stand behind a promise: `.`, `!`, `…`, `)`, `]` and white space. */
const isClosing = (code: number): boolean =>
  code === 46 || code === 33 || code === 41 || code === 93 || code === 0x2026 || isSpace(code);

function endsAsPromise({ source, from, to }: Passage): boolean {
  let at = to - 1;
  while (at > from && isClosing(source.charCodeAt(at))) at -= 1;
  if (at - from < 2) return false;
  const possible = (LAST[fold(source.charCodeAt(at))] ?? 0) & (SECOND_LAST[fold(source.charCodeAt(at - 1))] ?? 0);
  return (possible & (THIRD_LAST[fold(source.charCodeAt(at - 2))] ?? 0)) !== 0;
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
    if (isSign(code) || (code === DASH && start > 1 && isSpace(text.charCodeAt(start - 2)))) return start;
  }
  return least > 0 ? -1 : 0;
}
