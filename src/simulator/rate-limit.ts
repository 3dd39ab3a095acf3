import type { SimResponse } from './api/answers.ts';
import { createLimiter, type LimitShape, rateAt, type Verdict } from './limiter.ts';

export interface RateLimit extends LimitShape {
  /** Seconds to tell, `none` where the header is left out, as real answers often do, or `exact`: until it is free again. */
  readonly retryAfter: number | 'none' | 'exact';
  /** Route templates that it counts; all of them where absent. */
  readonly only?: readonly string[];
  /** Every answer states the policy and what is left of it, or says so with the `Beta-` names of limits that are not enforced. */
  readonly states?: 'policy' | 'beta';
}

const refusal = (limit: RateLimit, { freeInMs }: Verdict, now: Date): SimResponse => ({
  status: 429,
  headers: {
    'content-type': 'text/plain',
    'x-ratelimit-limit': String(limit.perSecond),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': new Date(now.getTime() + 1000).toISOString().replace(/\.\d+/, ''),
    'ratelimit-reason': 'confluence-burst-based',
    ...(limit.retryAfter === 'none' ? {} : { 'retry-after': String(secondsOf(limit.retryAfter, freeInMs)) }),
  },
  body: 'Too many requests',
});

const secondsOf = (retryAfter: number | 'exact', freeInMs: number): number =>
  retryAfter === 'exact' ? Math.max(1, Math.ceil(freeInMs / 1_000)) : retryAfter;

/** What an answer tells of the limit beside its status. */
function stated(limit: RateLimit, { remaining }: Verdict, seconds: number): Record<string, string> {
  if (limit.states === undefined) return {};
  const { windowSeconds = 1 } = limit;
  const whole = rateAt(limit, seconds) * windowSeconds;
  const prefix = limit.states === 'beta' ? 'beta-' : '';
  return {
    [`${prefix}ratelimit-policy`]: `"burst";q=${whole};w=${windowSeconds}`,
    [`${prefix}ratelimit`]: `"burst";r=${remaining};t=${windowSeconds}`,
    ...(remaining <= 0.2 * Math.max(whole, limit.burst) ? { [`x-${prefix}ratelimit-nearlimit`]: 'true' } : {}),
  };
}

interface Counted {
  /** Null where the request is let through. */
  readonly refused: SimResponse | null;
  readonly headers: Readonly<Record<string, string>>;
}

const LET_THROUGH: Counted = { refused: null, headers: {} };

/** The limit of a whole site, or of some routes. It starts anew whenever it is changed. */
export function createBucket() {
  let running: {
    readonly of: RateLimit;
    readonly startedAt: number;
    readonly count: (atMs: number) => Verdict;
  } | null = null;

  return (limit: RateLimit | null, template: string, now: Date): Counted => {
    if (limit === null) return LET_THROUGH;
    if (running?.of !== limit) {
      running = { of: limit, startedAt: now.getTime(), count: createLimiter(limit, now.getTime()) };
    }
    const { count, startedAt } = running;
    if (limit.only !== undefined && !limit.only.includes(template)) return LET_THROUGH;
    const verdict = count(now.getTime());
    const headers = stated(limit, verdict, (now.getTime() - startedAt) / 1_000);
    return verdict.served || limit.states === 'beta'
      ? { refused: null, headers }
      : { refused: refusal(limit, verdict, now), headers };
  };
}
