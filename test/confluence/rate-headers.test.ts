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
  expect(readRateHeaders(new Map(Object.entries(headers)), status)).toMatchObject(expected);
});

const QUOTA = '"global-app-quota";q=65000;w=3600';

it.each<[string, Record<string, string>, boolean]>([
  ['below a fifth', { 'x-ratelimit-nearlimit': 'true' }, true],
  ['not near', { 'x-ratelimit-nearlimit': 'false' }, false],
  ['little left of a burst', { 'ratelimit-policy': '"b";q=100;w=1', ratelimit: '"b";r=20;t=1' }, true],
  ['enough left of a burst', { 'ratelimit-policy': '"b";q=100;w=1', ratelimit: '"b";r=21;t=1' }, false],
  [
    'little left of a quota, which the ledger watches',
    { 'ratelimit-policy': QUOTA, ratelimit: '"global-app-quota";r=9;t=600' },
    false,
  ],
  ['what would have been refused', { 'beta-retry-after': '9' }, true],
  [
    'little left of what is not enforced',
    { 'beta-ratelimit-policy': '"b";q=10;w=1', 'beta-ratelimit': '"b";r=1;t=1' },
    true,
  ],
])('slows down: %s', (_, headers, near) => {
  expect(readRateHeaders(new Map(Object.entries(headers)), 200)).toMatchObject({ near, waitMs: null });
});

it.each<[string, Record<string, string>, number, { left: number | null; of: number | null; exhausted: boolean }]>([
  [
    'what is left, in whatever order',
    { 'ratelimit-policy': `"b";q=100;w=1,${QUOTA}`, ratelimit: '"global-app-quota";r=11000;t=600,"b";r=99;t=1' },
    200,
    { left: 11_000, of: 65_000, exhausted: false },
  ],
  [
    'what is left after the policy vanished',
    { ratelimit: '"global-app-quota";r=0;t=99999' },
    200,
    { left: 0, of: null, exhausted: false },
  ],
  ['a policy without a state', { 'ratelimit-policy': QUOTA }, 200, { left: null, of: null, exhausted: false }],
  [
    'a documented reason',
    { 'ratelimit-reason': 'confluence-quota-tenant-based' },
    429,
    { left: null, of: null, exhausted: true },
  ],
  [
    'a reason that was seen',
    { 'ratelimit-reason': 'conf-global-based' },
    429,
    { left: null, of: null, exhausted: true },
  ],
  ['a burst', { 'ratelimit-reason': 'confluence-burst-based' }, 429, { left: null, of: null, exhausted: false }],
])('reads of a quota: %s', (_, headers, status, quota) => {
  expect(readRateHeaders(new Map(Object.entries(headers)), status).quota).toEqual(quota);
});

it('waits for the next UTC hour by the clock of the answer where a quota names no time', () => {
  const headers = { date: 'Sun, 22 Nov 2026 02:20:00 GMT', 'ratelimit-reason': 'confluence-quota-global-based' };
  expect(readRateHeaders(new Map(Object.entries(headers)), 429).waitMs).toBe(40 * 60_000);
});
