import { describe, expect, it } from 'vitest';
import type { AlertEvent } from '../../src/domain/alert.ts';
import { GIVE_UP_AFTER_MS, nextTryMs } from '../../src/domain/alert-retry.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { runStory } from '../../src/domain/run-story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('nextTryMs', () => {
  it.each([
    [1, 0, null, MINUTE],
    [2, MINUTE, null, 2 * MINUTE],
    [9, HOUR, null, 256 * MINUTE],
    [10, HOUR, null, 6 * HOUR],
    [60, HOUR, null, 6 * HOUR],
    [1, 0, 5_000, MINUTE],
    [1, 0, HOUR, HOUR],
    [1, 0, 20 * HOUR, 6 * HOUR],
    [12, GIVE_UP_AFTER_MS - 6 * HOUR, null, 6 * HOUR],
    [12, GIVE_UP_AFTER_MS - 6 * HOUR + 1, null, null],
  ])('attempt %i, %i ms after the first, asked for %s: %s', (attempts, sinceMs, askedMs, expected) => {
    expect(nextTryMs({ attempts, sinceMs, askedMs, roll: 0 })).toBe(expected);
  });

  it('spreads the attempts of many by a tenth at most', () => {
    expect(nextTryMs({ attempts: 1, sinceMs: 0, askedMs: null, roll: 0.999 })).toBeLessThan(1.1 * MINUTE);
  });
});

describe('runStory', () => {
  const all: readonly AlertEvent[] = ['tenant-failed', 'tenant-partial'];
  it.each<[Outcome | null, Outcome, readonly AlertEvent[], string | null]>([
    [null, 'complete', all, null],
    [null, 'failed', all, 'failed'],
    ['complete', 'failed', all, 'failed'],
    ['partial', 'failed', ['tenant-failed'], 'failed'],
    ['failed', 'failed', all, null],
    ['failed', 'complete', all, 'recovered'],
    ['failed', 'partial', ['tenant-failed'], 'recovered'],
    ['failed', 'partial', all, 'partial'],
    ['complete', 'partial', all, 'partial'],
    ['complete', 'partial', ['tenant-failed'], null],
    ['partial', 'partial', all, null],
    ['partial', 'complete', all, 'recovered'],
    ['partial', 'complete', ['tenant-failed'], null],
    ['complete', 'failed', ['new'], null],
    ['failed', 'complete', ['new'], null],
  ])('%s, then %s, for %j: %s', (before, outcome, on, state) => {
    const latest = { outcome, reason: null, detail: null, at: '2026-11-02T02:00:00Z' };
    expect(runStory(before === null ? null : { outcome: before }, latest, on)?.state ?? null).toBe(state);
  });
});
