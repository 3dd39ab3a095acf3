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
const GROWTH_UNREFUSED = 1.5;
const GROWTH_AFTER_REFUSAL = 1.004;
const HOLD_MS = 600_000;
const HOLD_ON_WEAK_EVIDENCE_MS = 30_000;
const WINDOW_MS = 2_000;

/** What is believed of one limit and when the next request may leave. Instants are milliseconds of any steady clock. */
export interface Pacing {
  readonly class: EndpointClass;
  /** The part of the limit that we take, in (0, 1]. */
  readonly share: number;
  /** Requests per second that the site is believed to allow. */
  readonly limit: number;
  /** `guess` until a refusal (`found`) or a header (`told`) says more. */
  readonly source: 'guess' | 'found' | 'told';
  /** GCRA's theoretical arrival time. */
  readonly nextAt: number;
  readonly cutAt: number | null;
  /** No growth before this instant. */
  readonly heldUntil: number;
  readonly grownAt: number;
  readonly answeredSinceCut: number;
  readonly window: {
    readonly since: number;
    readonly count: number;
    readonly before: number;
    readonly beforeMs: number;
  };
}

export function startPacing(kind: EndpointClass, share: number, now: number): Pacing {
  const window = { since: now, count: 0, before: 0, beforeMs: 0 };
  const limit = PROFILES[kind].start;
  return {
    class: kind,
    share,
    limit,
    source: 'guess',
    nextAt: now,
    cutAt: null,
    heldUntil: now,
    grownAt: now,
    answeredSinceCut: 0,
    window,
  };
}

/** Reserves the next departure. At most a quarter of a second's requests, and never more than four, leave together. */
export function depart(pacing: Pacing, now: number): { readonly pacing: Pacing; readonly at: number } {
  const at = Math.max(now, pacing.nextAt - toleranceMs(pacing));
  const nextAt = Math.max(now, pacing.nextAt) + 1_000 / rateOf(pacing);
  return { at, pacing: { ...pacing, nextAt } };
}

/** A request was served: counts it and lets the believed limit grow where it may. */
export function served(pacing: Pacing, now: number): Pacing {
  const window = count(pacing.window, now);
  const counted = { ...pacing, window, grownAt: now, answeredSinceCut: pacing.answeredSinceCut + 1 };
  if (pacing.source === 'told' || now < pacing.heldUntil) return counted;
  const seconds = Math.min(1, Math.max(0, now - pacing.grownAt) / 1_000);
  const factor = pacing.source === 'guess' ? GROWTH_UNREFUSED : GROWTH_AFTER_REFUSAL;
  // Growth needs evidence: the limit never runs ahead of twice what is really being served.
  const proven = (2 * (throughput(window, now) ?? 0)) / pacing.share;
  const grown = Math.min(pacing.limit * factor ** seconds, PROFILES[pacing.class].cap, Math.max(pacing.limit, proven));
  return { ...counted, limit: Math.max(pacing.limit, grown) };
}

/**
 * A request was refused with 429. One cut per epoch: refusals of requests that left before the last cut say nothing new
 * (TCP's rule). Whatever was reserved is void, departures begin again at `resumeAt`.
 */
export function refused(pacing: Pacing, event: { now: number; sentAt: number; resumeAt: number }): Pacing {
  if (pacing.cutAt !== null && event.sentAt <= pacing.cutAt) {
    return { ...pacing, nextAt: Math.max(pacing.nextAt, event.resumeAt + toleranceMs(pacing)) };
  }
  const found = measured(pacing, event.now);
  const believed = found === null ? pacing.limit / 2 : Math.min(found, 0.85 * pacing.limit);
  const limit = Math.max(LOWEST_LIMIT, believed);
  return {
    ...pacing,
    // No burst after a pause: it would meet the same empty bucket.
    nextAt: event.resumeAt + toleranceMs({ ...pacing, limit }),
    limit,
    source: found === null ? guessAgain(pacing.source) : 'found',
    cutAt: event.now,
    heldUntil: event.now + (found === null ? HOLD_ON_WEAK_EVIDENCE_MS : HOLD_MS),
    answeredSinceCut: 0,
  };
}

/** A header stated the limit, in requests per second. A recent refusal outweighs a higher statement. */
export function told(pacing: Pacing, limit: number, now: number): Pacing {
  if (pacing.cutAt !== null && now < pacing.heldUntil) return { ...pacing, limit: Math.min(pacing.limit, limit) };
  return { ...pacing, limit: Math.max(LOWEST_LIMIT, limit), source: 'told' };
}

const rateOf = ({ share, limit }: Pacing): number => share * limit;

const toleranceMs = (pacing: Pacing): number =>
  ((Math.min(4, Math.max(1, rateOf(pacing) / 4)) - 1) * 1_000) / rateOf(pacing);

const guessAgain = (source: Pacing['source']): Pacing['source'] => (source === 'told' ? 'found' : source);

/** Requests per second really served up to a refusal, or null where too few were to say. */
function measured(pacing: Pacing, now: number): number | null {
  const sinceCut = pacing.cutAt === null ? 0 : now - pacing.cutAt;
  // A token bucket is empty at both refusals, so what was served between them is its rate, whatever its size.
  if (pacing.answeredSinceCut >= 5 && sinceCut >= 1_000) return (pacing.answeredSinceCut * 1_000) / sinceCut;
  const { before, count: current } = pacing.window;
  const recent = before + current >= 5 ? throughput(pacing.window, now) : null;
  // Up to the first refusal the stored permits of a bucket were served too, so that is more than its rate.
  return recent === null ? null : 0.8 * recent;
}

function count(window: Pacing['window'], now: number): Pacing['window'] {
  const age = now - window.since;
  if (age < WINDOW_MS) return { ...window, count: window.count + 1 };
  const recent = age < 2 * WINDOW_MS;
  return { since: now, count: 1, before: recent ? window.count : 0, beforeMs: recent ? age : 0 };
}

function throughput(window: Pacing['window'], now: number): number | null {
  const spanMs = now - window.since + window.beforeMs;
  return spanMs < 500 ? null : ((window.before + window.count) * 1_000) / spanMs;
}
