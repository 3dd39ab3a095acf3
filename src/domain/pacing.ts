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

const RAMP_PER_SECOND = 1.5;
const PROBE_STEP = 0.004;
const STEP_GROWTH_PER_SECOND = 1.12;
const LARGEST_STEP = 0.25;

/** One refusal a probe and so many requests a probe: this is what fixes the share of refusals. */
const HOLD_REQUESTS = 250;
const HOLD_MS = 25_000;
/** A guest that takes only a part of the limit looks for its edge rarely. */
const GUEST_HOLD_MS = 600_000;
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

/** The same on a clock that was set by `ms`. */
export const moved = (pacing: Pacing, ms: number): Pacing => ({
  ...pacing,
  nextAt: pacing.nextAt + ms,
  cutAt: pacing.cutAt === null ? null : pacing.cutAt + ms,
  heldUntil: pacing.heldUntil + ms,
  grownAt: pacing.grownAt + ms,
  easedUntil: pacing.easedUntil + ms,
  resumedAt: pacing.resumedAt + ms,
  goodput: { ...pacing.goodput, since: pacing.goodput.since + ms },
});

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
  if (pacing.phase === 'hold')
    return now < pacing.heldUntil ? counted : { ...counted, phase: 'probe', step: PROBE_STEP };
  // Growth needs evidence: what nobody asks for is not refused either.
  const proven = goodputOf(goodput, now) ?? 0;
  if (pacing.phase === 'ramp') {
    const grown = Math.min(
      pacing.limit * RAMP_PER_SECOND ** seconds,
      PROFILES[pacing.class].cap,
      (2 * proven) / pacing.share,
    );
    return { ...counted, limit: Math.max(pacing.limit, grown) };
  }
  if (proven < 0.7 * paceOf(pacing, now)) return counted;
  const boost = Math.min(pacing.boost * (1 + pacing.step) ** seconds, PROFILES[pacing.class].cap / pacing.limit);
  return { ...counted, boost, step: Math.min(LARGEST_STEP, pacing.step * STEP_GROWTH_PER_SECOND ** seconds) };
}

/** Stays at the estimate for a while; growth begins after it. */
export const hold = (pacing: Pacing, now: number): Pacing => {
  const boost = pacing.share * pacing.margin;
  const holdMs = Math.max(HOLD_MS, (HOLD_REQUESTS * 1_000) / (pacing.limit * boost));
  return {
    ...pacing,
    phase: 'hold',
    boost,
    step: PROBE_STEP,
    heldUntil: now + (isGuest(pacing) ? GUEST_HOLD_MS : holdMs),
  };
};

/** A header stated the limit, in requests per second. A recent refusal outweighs a higher statement. */
export function told(pacing: Pacing, limit: number, now: number): Pacing {
  const doubtedUntil = pacing.cutAt === null ? pacing.heldUntil : Math.max(pacing.heldUntil, pacing.cutAt + HOLD_MS);
  if (pacing.source !== 'told' && (pacing.source === 'found' || pacing.cutAt !== null) && now < doubtedUntil) {
    return { ...pacing, limit: Math.min(pacing.limit, limit) };
  }
  const boost = pacing.share * pacing.margin;
  return { ...pacing, limit: atLeast(limit), source: 'told', phase: 'hold', boost };
}

/** A header says that little is left: slower for two seconds, and no growth in them. */
export const ease = (pacing: Pacing, now: number): Pacing => ({ ...pacing, easedUntil: now + EASE_MS });

/** Requests per second that depart now. */
export const paceOf = ({ limit, boost, easedUntil }: Pacing, now: number): number =>
  limit * boost * (now < easedUntil ? EASE : 1);

/** How much earlier than its turn a departure may be. */
export const toleranceMs = (pacing: Pacing, now: number): number => {
  const pace = paceOf(pacing, now);
  return ((Math.min(4, Math.max(1, pace / 4)) - 1) * 1_000) / pace;
};

/** Its bucket runs over while it holds, so that what it is served says nothing of the limit. */
export const isGuest = ({ share }: Pacing): boolean => share < 0.95;

export const atLeast = (limit: number): number => Math.max(LOWEST_LIMIT, limit);
