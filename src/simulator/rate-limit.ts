import type { SimResponse } from './api/answers.ts';

export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
  /** Seconds to tell, or `none`: real answers often leave the header out. */
  readonly retryAfter: number | 'none';
}

const refusal = (limit: RateLimit, now: Date): SimResponse => ({
  status: 429,
  headers: {
    'content-type': 'text/plain',
    'x-ratelimit-limit': String(limit.perSecond),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': new Date(now.getTime() + 1000).toISOString().replace(/\.\d+/, ''),
    'ratelimit-reason': 'confluence-burst-based',
    ...(limit.retryAfter === 'none' ? {} : { 'retry-after': String(limit.retryAfter) }),
  },
  body: 'Too many requests',
});

/** A token bucket for the whole site. It starts full, and full again whenever the limit is changed. */
export function createBucket() {
  let of: RateLimit | null = null;
  let tokens = 0;
  let filledAt = 0;

  /** Takes one token, or gives the answer that refuses the request. */
  return (limit: RateLimit | null, now: Date): SimResponse | null => {
    if (limit === null) return null;
    if (of !== limit) {
      of = limit;
      tokens = limit.burst;
    } else {
      const seconds = Math.max(0, now.getTime() - filledAt) / 1000;
      tokens = Math.min(limit.burst, tokens + seconds * limit.perSecond);
    }
    filledAt = now.getTime();
    if (tokens < 1) return refusal(limit, now);
    tokens -= 1;
    return null;
  };
}
