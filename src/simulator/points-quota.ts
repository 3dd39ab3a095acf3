import type { SimResponse } from './api/answers.ts';

/** The hourly points of an OAuth app: a hard wall that falls with each UTC hour. */
export interface PointsQuota {
  readonly pointsPerHour: number;
  /** As the documents have it, or as it was seen. */
  readonly reason?: string;
  /** Null leaves the header out, as many answers do. */
  readonly retryAfter?: 'exact' | null;
}

const HOUR_MS = 3_600_000;
/** What is left is told only when four fifths are used. */
const TOLD_FROM = 0.8;

/** Counts points by the rule of one for a request and one for each row; other sites of the app may share the counter. */
export function createPointsCounter() {
  let hour = Number.NaN;
  let used = 0;
  const turn = (now: Date): void => {
    const current = Math.floor(now.getTime() / HOUR_MS);
    if (current !== hour) used = 0;
    hour = current;
  };
  return {
    used: (now: Date): number => {
      turn(now);
      return used;
    },
    /** The refusal, where the hour is used up. */
    refuse(quota: PointsQuota, now: Date): SimResponse | null {
      turn(now);
      if (used < quota.pointsPerHour) return null;
      const seconds = Math.ceil((HOUR_MS - (now.getTime() % HOUR_MS)) / 1_000);
      return {
        status: 429,
        headers: {
          'content-type': 'text/plain',
          'ratelimit-reason': quota.reason ?? 'confluence-quota-global-based',
          ...(quota.retryAfter === null ? {} : { 'retry-after': String(seconds) }),
        },
        body: 'Too many requests',
      };
    },
    /** Counts an answer and gives the headers that tell of it. */
    count(quota: PointsQuota, response: SimResponse, now: Date): Record<string, string> {
      turn(now);
      used += 1 + rowsOf(response);
      const seconds = Math.ceil((HOUR_MS - (now.getTime() % HOUR_MS)) / 1_000);
      const left = Math.max(0, quota.pointsPerHour - used);
      const told = used >= TOLD_FROM * quota.pointsPerHour;
      return {
        'ratelimit-policy': `"global-app-quota";q=${quota.pointsPerHour};w=3600`,
        ...(told ? { ratelimit: `"global-app-quota";r=${left};t=${seconds}` } : {}),
      };
    },
  };
}

export type PointsCounter = ReturnType<typeof createPointsCounter>;

function rowsOf({ body, headers }: SimResponse): number {
  if (!(headers['content-type'] ?? '').includes('json')) return 0;
  const { results } = JSON.parse(body) as { results?: unknown };
  return Array.isArray(results) ? results.length : 1;
}
