import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backoffMs,
  decideRetry,
  earnRetry,
  parseReset,
  parseRetryAfter,
  RETRY_ALLOWANCE,
} from '../../src/domain/backoff.ts';

const DATE = 'Sun, 22 Nov 2026 02:00:00 GMT';

describe('parseRetryAfter', () => {
  it.each([
    ['whole seconds', '1', 1_000],
    ['a quota wait', '1847', 1_847_000],
    ['blanks around', ' 30 ', 30_000],
    ['exactly one day', '86400', 86_400_000],
    ['a date after the answer', 'Sun, 22 Nov 2026 02:00:05 GMT', 5_000],
    ['zero', '0', null],
    ['negative', '-1', null],
    ['a fraction', '1.5', null],
    ['more than a day', '86401', null],
    ['overflow', '9223372036854775807', null],
    ['a date in the past', 'Sun, 22 Nov 2026 01:59:59 GMT', null],
    ['a date years ahead', 'Sun, 22 Nov 2036 02:00:00 GMT', null],
    ['garbage', 'soon', null],
    ['empty', '', null],
    ['NaN', 'NaN', null],
  ])('reads %s', (_, value, expected) => {
    expect(parseRetryAfter(value, DATE)).toBe(expected);
  });

  it('does without the header and without a date to measure from', () => {
    expect(parseRetryAfter(null, DATE)).toBeNull();
    expect(parseRetryAfter('Sun, 22 Nov 2026 02:00:05 GMT', null)).toBeNull();
  });

  it('never gives anything but null or a wait within a day, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)), (value) => {
        const ms = parseRetryAfter(value, DATE) ?? 1;
        expect(ms).toBeGreaterThan(0);
        expect(ms).toBeLessThanOrEqual(86_400_000);
      }),
    );
  });
});

it.each([
  ['2026-11-22T02:00:10Z', 10_000],
  ['2026-11-22T02:01Z', 60_000],
  ['2026-11-22T01:00:00Z', null],
  ['1795312810', null],
  ['nonsense', null],
])('measures the reset %s against the date of the same answer', (value, expected) => {
  expect(parseReset(value, DATE)).toBe(expected);
  expect(parseReset(value, null)).toBeNull();
});

it('backs off with full jitter, from half a second to a minute', () => {
  expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, 0.999_999))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(backoffMs(30, 0.999_999)).toBe(60_000);
  expect(backoffMs(3, 0)).toBe(500);
});

describe('decideRetry', () => {
  const failure = { repeatable: true, attempt: 1, maxAttempts: 4, askedMs: null, roll: 0.5, retriesLeft: 5 };

  it.each([
    ['tries again', {}, { retry: true, waitMs: 500 }],
    ['waits exactly what was asked', { askedMs: 7_000 }, { retry: true, waitMs: 7_000 }],
    ['waits out two minutes', { askedMs: 120_000 }, { retry: true, waitMs: 120_000 }],
    ['parks beyond two minutes', { askedMs: 120_001 }, { retry: false, why: 'wait-too-long', waitMs: 120_001 }],
    ['stops at the last attempt', { attempt: 4 }, { retry: false, why: 'attempts-used', waitMs: 4_000 }],
    ['never repeats a final failure', { repeatable: false }, { retry: false, why: 'final', waitMs: 500 }],
    ['stops when no retries are left', { retriesLeft: 0.9 }, { retry: false, why: 'retries-spent', waitMs: 500 }],
  ])('%s', (_, change, expected) => {
    expect(decideRetry({ ...failure, ...change })).toEqual(expected);
  });
});

it('earns one retry back for ten answers, up to the allowance', () => {
  expect(earnRetry(0)).toBeCloseTo(0.1);
  expect(earnRetry(RETRY_ALLOWANCE)).toBe(RETRY_ALLOWANCE);
});
