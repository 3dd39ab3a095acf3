import { addServed, type Goodput, goodputOf, startGoodput } from './goodput.ts';

/** Confluence guards searches, permission checks and writes more tightly than reads, so each class has its own pace. */
export type EndpointClass = 'read' | 'search' | 'write' | 'permission';

/**
 * Requests per second assumed before anything is known, and the most ever assumed. No figure is published for
 * Confluence; 20 to 30 parallel reads were seen to be refused, so a start at ten a second is careful, and Jira's
 * published 100 a second is the cap. https://developer.atlassian.com/cloud/confluence/rate-limiting/
 */
const PROFILES = {
  read: { start: 10, cap: 100 },
  search: { start: 5, cap: 30 },
  write: { start: 5, cap: 30 },
  permission: { start: 5, cap: 30 },
} as const satisfies Record<EndpointClass, { start: number; cap: number }>;

const LOWEST_LIMIT = 0.2;
/** Below the estimate while it is held: what is left fills the bucket for the next probe, so it is not lost. */
const MARGIN = 0.985;
/** Counters that begin anew each second lose what arrives on the wrong side of the stroke. */
const MARGIN_AFTER_TOLD_REFUSAL = 0.95;

const RAMP_PER_SECOND = 1.5;
const PROBE_STEP = 0.004;
const CONFIRM_STEP = 0.02;
const STEP_GROWTH_PER_SECOND = 1.12;
const LARGEST_STEP = 0.25;

/** One refusal a probe and so many requests a probe: this is what fixes the share of refusals. */
const HOLD_REQUESTS = 250;
const HOLD_MS = 25_000;
/** A guest that takes only a part of the limit looks for its edge rarely. */
const GUEST_HOLD_MS = 600_000;
/** A bucket fills while nothing is sent; most of that is taken after a pause, so that the bucket does not run over. */
const PAYBACK = 0.7;
const CREDIT_DOUBT_MS = 2_000;
/** Requests more or less between two refusals that say nothing. */
const CHANCE = 2.5;
/** Served so much faster at the end than on the whole: the limit rose in between. */
const RISEN = 1.4;
const EASE_MS = 2_000;
const EASE = 0.8;

/** What is believed of one limit and when the next request may leave. Instants are milliseconds of any steady clock. */
export interface Pacing {
  readonly class: EndpointClass;
  /** The part of the limit that we take, in (0, 1]. */
  readonly share: number;
  /** Requests per second that the site is believed to allow. */
  readonly limit: number;
  /** `guess` until a refusal (`found`) or a header (`told`) says more. */
  readonly source: 'guess' | 'found' | 'told';
  /** `ramp`: nothing was refused yet. `hold`: at the estimate. `probe`: above it, until a refusal. */
  readonly phase: 'ramp' | 'hold' | 'probe';
  /** What departs, as a part of `limit`. */
  readonly boost: number;
  /** Growth per second of a probe. */
  readonly step: number;
  readonly margin: number;
  /** GCRA's theoretical arrival time. */
  readonly nextAt: number;
  readonly cutAt: number | null;
  readonly heldUntil: number;
  readonly grownAt: number;
  readonly servedSinceCut: number;
  /** Time since the cut in which less was asked for than the pace allowed: a bucket may have run over then. */
  readonly idleMs: number;
  readonly easedUntil: number;
  /** Requests that may leave at twice the pace after a pause, for a bucket filled meanwhile. */
  readonly credit: number;
  readonly resumedAt: number;
  /** False once a refusal answered a credit: such limits store nothing. */
  readonly stores: boolean;
  readonly goodput: Goodput;
}

export function startPacing(kind: EndpointClass, share: number, now: number): Pacing {
  return {
    class: kind,
    share,
    limit: PROFILES[kind].start,
    source: 'guess',
    phase: 'ramp',
    boost: share,
    step: PROBE_STEP,
    margin: MARGIN,
    nextAt: now,
    cutAt: null,
    heldUntil: now,
    grownAt: now,
    servedSinceCut: 0,
    idleMs: 0,
    easedUntil: now,
    credit: 0,
    resumedAt: now,
    stores: true,
    goodput: startGoodput(now),
  };
}

/** What was learnt an earlier night, taken up again: the believed limit is held before it is tried. */
export function resumePacing(known: Pick<Pacing, 'class' | 'limit' | 'source'>, share: number, now: number): Pacing {
  const fresh = startPacing(known.class, share, now);
  // An unrefused guess was proven only as far as it got; growing on from there costs nothing.
  if (known.source === 'guess') return { ...fresh, limit: known.limit };
  return hold({ ...fresh, limit: known.limit, source: 'found' }, now);
}

/** Reserves the next departure. At most a quarter of a second's requests, and never more than four, leave together. */
export function depart(pacing: Pacing, now: number): { readonly pacing: Pacing; readonly at: number } {
  const at = Math.max(now, pacing.nextAt - toleranceMs(pacing, now));
  const spacing = (pacing.credit >= 1 ? 500 : 1_000) / paceOf(pacing, now);
  const nextAt = Math.max(now, pacing.nextAt) + spacing;
  const idleMs = pacing.idleMs + Math.max(0, now - pacing.nextAt);
  return { at, pacing: { ...pacing, nextAt, idleMs, credit: Math.max(0, pacing.credit - 1) } };
}

/** Requests were served: counts them and lets the pace grow where it may. */
export function served(pacing: Pacing, now: number, count = 1): Pacing {
  const goodput = addServed(pacing.goodput, now, count);
  const counted = { ...pacing, goodput, grownAt: now, servedSinceCut: pacing.servedSinceCut + count };
  // A slow pace takes longer to see what its growth did.
  const seconds = Math.min(1, Math.max(0, now - pacing.grownAt) / 1_000) * Math.min(1, pacing.limit / 5);
  if (pacing.source === 'told' || now < pacing.easedUntil) return counted;
  if (pacing.phase === 'hold') return now < pacing.heldUntil ? counted : { ...counted, phase: 'probe', step: PROBE_STEP };
  // Growth needs evidence: what nobody asks for is not refused either.
  const proven = goodputOf(goodput, now) ?? 0;
  if (pacing.phase === 'ramp') {
    const grown = Math.min(pacing.limit * RAMP_PER_SECOND ** seconds, PROFILES[pacing.class].cap, (2 * proven) / pacing.share);
    return { ...counted, limit: Math.max(pacing.limit, grown) };
  }
  if (proven < 0.7 * paceOf(pacing, now)) return counted;
  const boost = Math.min(pacing.boost * (1 + pacing.step) ** seconds, PROFILES[pacing.class].cap / pacing.limit);
  return { ...counted, boost, step: Math.min(LARGEST_STEP, pacing.step * STEP_GROWTH_PER_SECOND ** seconds) };
}

/**
 * A request was refused with 429. One cut per epoch: refusals of requests that left before the last cut say nothing new
 * (TCP's rule). Whatever was reserved is void, departures begin again at `resumeAt`.
 */
export function refused(pacing: Pacing, event: { now: number; sentAt: number; resumeAt: number }): Pacing {
  if (pacing.cutAt !== null && event.sentAt <= pacing.cutAt) {
    return { ...pacing, nextAt: Math.max(pacing.nextAt, event.resumeAt + toleranceMs(pacing, event.now)) };
  }
  const stores = pacing.stores && event.sentAt - pacing.resumedAt > CREDIT_DOUBT_MS;
  const cut = believe({ ...pacing, stores: stores || pacing.cutAt === null }, event.now);
  const pauseS = (event.resumeAt - event.now) / 1_000;
  return {
    ...cut,
    credit: cut.stores && cut.share >= 0.95 && cut.source !== 'told' ? Math.floor(PAYBACK * cut.limit * pauseS) : 0,
    resumedAt: event.resumeAt,
    // No burst after a pause: it would meet the same empty bucket.
    nextAt: event.resumeAt + toleranceMs(cut, event.now),
    heldUntil: cut.heldUntil + event.resumeAt - event.now,
    cutAt: event.now,
    servedSinceCut: 0,
    idleMs: 0,
  };
}

/** What a refusal says of the limit, and how to go on. */
function believe(pacing: Pacing, now: number): Pacing {
  const { limit, share, source, phase, boost } = pacing;
  const pace = paceOf(pacing, now);
  if (source === 'told' && pacing.margin > MARGIN_AFTER_TOLD_REFUSAL) {
    return { ...pacing, margin: MARGIN_AFTER_TOLD_REFUSAL, boost: share * MARGIN_AFTER_TOLD_REFUSAL };
  }
  const between = rateBetweenRefusals(pacing, now);
  // A stroke too early or too late; only where much less is served than was told do others take the rest.
  if (source === 'told' && (goodputOf(pacing.goodput, now) ?? 0) > 0.75 * limit) return pacing;
  if (between === 'as believed') return hold(pacing, now);
  if (between !== null && (goodputOf(pacing.goodput, now) ?? 0) < RISEN * between) return hold({ ...pacing, limit: atLeast(Math.min(between, pace)), source: 'found' }, now);
  // The edge lies where it was last time.
  if (phase === 'probe' && source === 'found' && boost >= 1 && between === null) return hold(pacing, now);
  // Others took more than they used to: a guest gives way and does not look where the edge is now.
  if (phase === 'hold' && share < 1) return hold({ ...pacing, limit: atLeast(0.85 * limit), source: 'found' }, now);
  // Up to the first refusal the stored permits of a bucket were served too, so its rate is below that. The next refusal tells.
  const guess = atLeast(0.8 * Math.min(goodputOf(pacing.goodput, now) ?? 0.6 * pace, pace));
  return { ...pacing, limit: guess, source: 'guess', phase: 'probe', boost: 1, step: CONFIRM_STEP };
}

/**
 * Requests per second between two refusals, or null where they do not say it. A token bucket is empty at both, so what was
 * served between them is its rate, whatever its size, if it never ran over in between.
 */
function rateBetweenRefusals(pacing: Pacing, now: number): number | 'as believed' | null {
  const { cutAt, servedSinceCut, idleMs, limit, source } = pacing;
  if (cutAt === null) return null;
  const seconds = (now - cutAt) / 1_000;
  if (idleMs > 100 * seconds) return null;
  if (source === 'found' && Math.abs(servedSinceCut - limit * seconds) <= CHANCE) return 'as believed';
  return servedSinceCut >= 5 && seconds >= 1 ? servedSinceCut / seconds : null;
}

const hold = (pacing: Pacing, now: number): Pacing => {
  const boost = pacing.share * pacing.margin;
  const holdMs = Math.max(HOLD_MS, (HOLD_REQUESTS * 1_000) / (pacing.limit * boost));
  return { ...pacing, phase: 'hold', boost, step: PROBE_STEP, heldUntil: now + (pacing.share < 0.95 ? GUEST_HOLD_MS : holdMs) };
};

/** A header stated the limit, in requests per second. A recent refusal outweighs a higher statement. */
export function told(pacing: Pacing, limit: number, now: number): Pacing {
  if (pacing.source === 'found' && now < pacing.heldUntil) return { ...pacing, limit: Math.min(pacing.limit, limit) };
  const boost = pacing.share * pacing.margin;
  return { ...pacing, limit: atLeast(limit), source: 'told', phase: 'hold', boost };
}

/** A header says that little is left: slower for two seconds, and no growth in them. */
export const ease = (pacing: Pacing, now: number): Pacing => ({ ...pacing, easedUntil: now + EASE_MS });

/** Requests per second that depart now. */
export const paceOf = ({ limit, boost, easedUntil }: Pacing, now: number): number =>
  limit * boost * (now < easedUntil ? EASE : 1);

const toleranceMs = (pacing: Pacing, now: number): number => {
  const pace = paceOf(pacing, now);
  return ((Math.min(4, Math.max(1, pace / 4)) - 1) * 1_000) / pace;
};

const atLeast = (limit: number): number => Math.max(LOWEST_LIMIT, limit);
