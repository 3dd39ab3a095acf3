import { parseReset, parseRetryAfter } from '../domain/backoff.ts';

export interface RateHeaders {
  /** How long to wait before anything else is sent, or null where nothing valid is said. */
  readonly waitMs: number | null;
  /** Requests per second that an enforced burst policy states, or null. */
  readonly limit: number | null;
}

/** Longer windows are quotas in points, not a pace. */
const LONGEST_BURST_WINDOW_S = 60;

/**
 * What the headers say about pace. `Beta-` headers tell of limits that are not enforced and are left aside, and so is
 * `X-RateLimit-Limit`, whose window is not stated. https://developer.atlassian.com/cloud/confluence/rate-limiting/
 */
export function readRateHeaders(headers: ReadonlyMap<string, string>, status: number): RateHeaders {
  const date = headers.get('date') ?? null;
  const asked = parseRetryAfter(headers.get('retry-after') ?? null, date);
  const reset = status === 429 ? parseReset(headers.get('x-ratelimit-reset') ?? null, date) : null;
  return { waitMs: asked ?? reset, limit: burstLimit(headers.get('ratelimit-policy') ?? '') };
}

/** The tightest of the policies, which stand in any order: `"name";q=100;w=1,"other";q=65000;w=3600`. */
function burstLimit(policies: string): number | null {
  const limits = policies.split(',').flatMap((policy) => {
    const quota = Number(/;\s*q=(\d+)/.exec(policy)?.[1]);
    const window = Number(/;\s*w=(\d+)/.exec(policy)?.[1]);
    return quota > 0 && window > 0 && window <= LONGEST_BURST_WINDOW_S ? [quota / window] : [];
  });
  return limits.length === 0 ? null : Math.min(...limits);
}
