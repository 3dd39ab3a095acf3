const DAY_MS = 86_400_000;

/** A wait longer than this parks the tenant instead of holding a process. */
export const LONGEST_WAIT_MS = 120_000;
/** How often one call may be sent, the first time included. */
export const MAX_ATTEMPTS = 4;
/** The same while the site has never answered: a wrong address should be told within seconds. */
export const MAX_ATTEMPTS_AT_FIRST_CONTACT = 2;

const BASE_MS = 1_000;
const FLOOR_MS = 500;
const CAP_MS = 60_000;

/**
 * Milliseconds that a `Retry-After` asks for: whole seconds, or an HTTP date measured against the `Date` of the same
 * answer, so that a wrong local clock does not matter. Zero, negative, garbage and anything over a day is `null`: such
 * values occur in the field and must neither spin nor stop a worker.
 */
export function parseRetryAfter(value: string | null, date: string | null): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return plausible(Number(text) * 1_000);
  // RFC 9110 5.6.7: every form of HTTP date begins with the name of a day.
  return /^[A-Z][a-z]{2,8},? /.test(text) ? between(date, text) : null;
}

/** Milliseconds until an ISO 8601 `X-RateLimit-Reset` (seen with and without seconds), by the clock of the same answer. */
export function parseReset(value: string | null, date: string | null): number | null {
  return value !== null && /^\d{4}-\d{2}-\d{2}T/.test(value) ? between(date, value) : null;
}

/** Full jitter over an exponential ceiling, never under half a second. `roll` is in [0, 1). */
export function backoffMs(attempt: number, roll: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** (Math.max(1, attempt) - 1));
  return Math.max(FLOOR_MS, Math.round(roll * ceiling));
}

export type RetryDecision =
  | { readonly retry: true; readonly waitMs: number }
  | {
      readonly retry: false;
      readonly why: 'final' | 'attempts-used' | 'retries-spent' | 'wait-too-long';
      readonly waitMs: number;
    };

/** Whether and when a failed call is sent again. */
export function decideRetry(failure: {
  /** False for failures that another try cannot mend, and for writes that may already have happened. */
  readonly repeatable: boolean;
  readonly attempt: number;
  readonly maxAttempts: number;
  /** What the answer asked for, already parsed. */
  readonly askedMs: number | null;
  readonly roll: number;
  readonly retriesLeft: number;
}): RetryDecision {
  const waitMs = failure.askedMs === null ? backoffMs(failure.attempt, failure.roll) : failure.askedMs;
  if (!failure.repeatable) return { retry: false, why: 'final', waitMs };
  if (waitMs > LONGEST_WAIT_MS) return { retry: false, why: 'wait-too-long', waitMs };
  if (failure.attempt >= failure.maxAttempts) return { retry: false, why: 'attempts-used', waitMs };
  if (failure.retriesLeft < 1) return { retry: false, why: 'retries-spent', waitMs };
  return { retry: true, waitMs };
}

/** Retries are a tenth of the calls at most, beyond a first allowance: an outage is met with few requests, not with four times as many. */
export const RETRY_ALLOWANCE = 30;
const EARNED_PER_ANSWER = 0.1;

export const earnRetry = (left: number): number => Math.min(RETRY_ALLOWANCE, left + EARNED_PER_ANSWER);

function between(from: string | null, to: string): number | null {
  return from === null ? null : plausible(Date.parse(to) - Date.parse(from));
}

function plausible(ms: number): number | null {
  return Number.isFinite(ms) && ms > 0 && ms <= DAY_MS ? ms : null;
}
