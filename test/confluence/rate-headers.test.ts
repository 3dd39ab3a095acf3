import { expect, it } from 'vitest';
import { readRateHeaders } from '../../src/confluence/rate-headers.ts';

const DATE = 'Sun, 22 Nov 2026 02:00:00 GMT';

it.each<[string, Record<string, string>, number, { waitMs: number | null; limit: number | null }]>([
  ['a quota wait', { 'retry-after': '1847', 'x-ratelimit-limit': '40000' }, 429, { waitMs: 1_847_000, limit: null }],
  ['nothing but a limit without a window', { 'x-ratelimit-limit': '360000' }, 429, { waitMs: null, limit: null }],
  [
    'a reset by the clock of the answer',
    { date: DATE, 'x-ratelimit-reset': '2026-11-22T02:00:03Z' },
    429,
    { waitMs: 3_000, limit: null },
  ],
  [
    'Retry-After before reset',
    { date: DATE, 'retry-after': '1', 'x-ratelimit-reset': '2026-11-22T02:00:03Z' },
    429,
    { waitMs: 1_000, limit: null },
  ],
  [
    'no reset on a success',
    { date: DATE, 'x-ratelimit-reset': '2026-11-22T02:00:03Z' },
    200,
    { waitMs: null, limit: null },
  ],
  [
    'a reset without the date of the answer',
    { 'x-ratelimit-reset': '2026-11-22T02:00:03Z' },
    429,
    { waitMs: null, limit: null },
  ],
  ['a burst policy', { 'ratelimit-policy': '"burst";q=100;w=1' }, 200, { waitMs: null, limit: 100 }],
  [
    'the tightest of several',
    { 'ratelimit-policy': '"global-app-quota";q=65000;w=3600,"a";q=100;w=1, "b";q=300;w=10' },
    200,
    { waitMs: null, limit: 30 },
  ],
  [
    'no pace in an hourly quota',
    { 'ratelimit-policy': '"global-app-quota";q=65000;w=3600' },
    200,
    { waitMs: null, limit: null },
  ],
  [
    'nothing in limits that are not enforced',
    { 'beta-ratelimit-policy': '"burst";q=100;w=1', 'beta-retry-after': '9' },
    200,
    { waitMs: null, limit: null },
  ],
  ['nothing in garbage', { 'ratelimit-policy': 'q=0;w=1, ;q=x;w=, "x";q=5' }, 200, { waitMs: null, limit: null }],
])('reads %s', (_, headers, status, expected) => {
  expect(readRateHeaders(new Map(Object.entries(headers)), status)).toEqual(expected);
});
