import { goodputOf } from './goodput.ts';
import { atLeast, hold, isGuest, type Pacing, paceOf, toleranceMs } from './pacing.ts';

/** Counters that begin anew each second lose what arrives on the wrong side of the stroke. */
const MARGIN_AFTER_TOLD_REFUSAL = 0.95;
/** Growth per second on the way to the second refusal, which tells the limit exactly. */
const CONFIRM_STEP = 0.02;
/** A bucket fills while nothing is sent; most of that is taken after a pause, so that the bucket does not run over. */
const PAYBACK = 0.7;
/** A refusal so soon after a pause answers what was taken then. */
const CREDIT_DOUBT_MS = 2_000;
/** Requests more or less between two refusals that say nothing. */
const CHANCE = 2.5;
const GIVE_WAY = 0.85;
/** Served so much faster at the end than on the whole: the limit rose in between. */
const RISEN = 1.6;

/**
 * A request was refused with 429. One cut per epoch: refusals of requests that left before the last cut say nothing new
 * (TCP's rule). Whatever was reserved is void, departures begin again at `resumeAt`.
 */
export function refused(pacing: Pacing, event: { now: number; sentAt: number; resumeAt: number }): Pacing {
  // What others sent before they heard of the pause belongs to it as well.
  if (pacing.cutAt !== null && event.sentAt <= Math.max(pacing.cutAt, pacing.resumedAt - 1)) {
    return { ...pacing, nextAt: Math.max(pacing.nextAt, event.resumeAt + toleranceMs(pacing, event.now)) };
  }
  const stores = pacing.stores && event.sentAt - pacing.resumedAt > CREDIT_DOUBT_MS;
  const cut = believe({ ...pacing, stores: stores || pacing.cutAt === null }, event.now);
  const pauseS = (event.resumeAt - event.now) / 1_000;
  return {
    ...cut,
    credit: cut.stores && !isGuest(cut) && cut.source !== 'told' ? Math.floor(PAYBACK * cut.limit * pauseS) : 0,
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
  const lately = goodputOf(pacing.goodput, now);
  // A stroke too early or too late; only where much less is served than was told do others take the rest.
  if (source === 'told' && (lately ?? 0) > 0.75 * limit) return pacing;
  if (between === 'as believed') return hold(pacing, now);
  // Others took more than they used to: a guest gives way and does not look where the edge is now.
  if (phase === 'hold' && isGuest(pacing)) {
    return hold({ ...pacing, limit: atLeast(Math.min(GIVE_WAY * limit, between ?? limit)), source: 'found' }, now);
  }
  const risen = (lately ?? 0) > RISEN * (between ?? limit);
  if (between !== null && !risen)
    return hold({ ...pacing, limit: atLeast(Math.min(between, pace)), source: 'found' }, now);
  // The edge lies where it was last time.
  if (phase === 'probe' && source === 'found' && boost >= 1 && !risen) return hold(pacing, now);
  // Up to the first refusal the stored permits of a bucket were served too, so its rate is below that. The next refusal tells.
  const guess = atLeast(0.8 * Math.min(lately ?? 0.6 * pace, pace));
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
  if (idleMs > 100 * seconds || (isGuest(pacing) && source !== 'guess' && seconds > 10)) return null;
  if (source === 'found' && Math.abs(servedSinceCut - limit * seconds) <= CHANCE) return 'as believed';
  return servedSinceCut >= 5 && seconds >= 1 ? servedSinceCut / seconds : null;
}
