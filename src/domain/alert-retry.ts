const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;
/** After so long an alert is given up: what it tells has grown old, and the reports have it all the same. */
export const GIVE_UP_AFTER_MS = 3 * 24 * 60 * MINUTE_MS;

/**
 * Milliseconds until an alert is tried again: from a minute to six hours, twice as long each time, longer where the receiver asks for
 * it; null once it is given up. `roll` is in [0, 1).
 */
export function nextTryMs(failure: {
  /** How often it was tried. */
  readonly attempts: number;
  /** Since the first attempt. */
  readonly sinceMs: number;
  readonly askedMs: number | null;
  readonly roll: number;
}): number | null {
  const doubled = Math.min(LONGEST_WAIT_MS, MINUTE_MS * 2 ** (Math.max(1, failure.attempts) - 1));
  // A tenth of jitter, so that many tenants do not come back to one receiver together.
  const waitMs = Math.round(
    Math.min(LONGEST_WAIT_MS, Math.max(doubled, failure.askedMs ?? 0)) * (1 + failure.roll / 10),
  );
  return failure.sinceMs + waitMs > GIVE_UP_AFTER_MS ? null : waitMs;
}
