import { expect, test } from 'vitest';
import { createLimiter, type LimitShape, permitted } from '../../src/simulator/limiter.ts';
import { smallSite } from './small-site.ts';

/** How many of so many requests a second, evenly spread, are served in each second. */
function servedBySecond(shape: LimitShape, perSecond: number, seconds: number): number[] {
  const limiter = createLimiter(shape, 0);
  return Array.from({ length: seconds }, (_, second) =>
    Array.from({ length: perSecond }, (__, n) => limiter(second * 1_000 + (n * 1_000) / perSecond)),
  ).map((verdicts) => verdicts.filter(({ served }) => served).length);
}

test.each<[string, LimitShape, number[]]>([
  ['a bucket gives its store first', { perSecond: 5, burst: 10 }, [14, 5, 5]],
  ['a window begins anew', { perSecond: 5, burst: 0, windowSeconds: 1 }, [5, 5, 5]],
  ['a window of two seconds', { perSecond: 5, burst: 0, windowSeconds: 2 }, [10, 0, 10]],
  ['who hammers where refusals cost is let in no more', { perSecond: 5, burst: 10, refusalsCost: true }, [13, 0, 0]],
  ['others take their part', { perSecond: 5, burst: 5, others: 3 }, [6, 2, 2]],
  ['a rate that changes', { perSecond: 5, burst: 1, changes: [{ after: 1, perSecond: 2 }] }, [5, 2, 2]],
])('%s', (_, shape, served) => {
  expect(servedBySecond(shape, 20, 3)).toEqual(served);
});

test('what is permitted is the flow and the store', () => {
  expect(permitted({ perSecond: 10, burst: 20, changes: [{ after: 60, perSecond: 4 }] }, 100)).toBe(600 + 160 + 20);
  expect(permitted({ perSecond: 10, burst: 20, windowSeconds: 1, others: 4 }, 100)).toBe(600);
});

test('a limit may count some routes only, and states itself where it is told to', async () => {
  const { ask, site } = await smallSite();
  site.faults.rateLimit = {
    perSecond: 1,
    burst: 1,
    retryAfter: 'exact',
    only: ['GET /wiki/api/v2/pages'],
    states: 'policy',
  };
  const replies = [await ask('/wiki/api/v2/pages'), await ask('/wiki/api/v2/spaces'), await ask('/wiki/api/v2/pages')];
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(replies[0]?.headers.get('ratelimit-policy')).toBe('"burst";q=1;w=1');
  expect(replies[0]?.headers.get('x-ratelimit-nearlimit')).toBe('true');
  expect(replies[1]?.headers.get('ratelimit-policy')).toBeNull();
  expect(replies[2]?.headers.get('retry-after')).toBe('1');
});

test('a limit that is not enforced only tells', async () => {
  const { ask, site } = await smallSite();
  site.faults.rateLimit = { perSecond: 1, burst: 1, retryAfter: 1, states: 'beta' };
  const replies = [await ask('/wiki/api/v2/pages'), await ask('/wiki/api/v2/pages')];
  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  expect(replies[1]?.headers.get('beta-ratelimit')).toBe('"burst";r=0;t=1');
});
