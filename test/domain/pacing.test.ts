import { describe, expect, it } from 'vitest';
import { depart, type Pacing, served, startPacing, told } from '../../src/domain/pacing.ts';
import { refused } from '../../src/domain/refusal.ts';

/** Drives a pace in a loop without latency until `untilMs`; `allow` is the site. Gives the departures and refusals. */
function drive(start: Pacing, fromMs: number, untilMs: number, allow: (at: number) => boolean, retryAfterMs = 1_000) {
  let pacing = start;
  let now = fromMs;
  const departures: number[] = [];
  const refusals: number[] = [];
  while (now < untilMs) {
    const turn = depart(pacing, now);
    now = Math.max(now, turn.at);
    departures.push(now);
    if (allow(now)) pacing = served(turn.pacing, now);
    else {
      refusals.push(now);
      pacing = refused(turn.pacing, { now, sentAt: now, resumeAt: now + retryAfterMs });
    }
  }
  return { pacing, departures, refusals };
}

function tokenBucket(perSecond: number, burst: number, startMs = 0) {
  let tokens = burst;
  let last = startMs;
  return (at: number): boolean => {
    tokens = Math.min(burst, tokens + ((at - last) * perSecond) / 1_000);
    last = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

const between = (departures: readonly number[], from: number, to: number) =>
  departures.filter((at) => at >= from && at < to).length;

describe('without a refusal', () => {
  it('starts at its share of ten a second and grows by half each second', () => {
    const { departures } = drive(startPacing('read', 0.7, 0), 0, 3_000, () => true);
    expect(between(departures, 0, 1_000)).toBeGreaterThanOrEqual(7);
    expect(between(departures, 0, 1_000)).toBeLessThanOrEqual(10);
    expect(between(departures, 2_000, 3_000)).toBeGreaterThan(between(departures, 0, 1_000) * 1.5);
  });

  it('reaches the cap within ten seconds and stays there', () => {
    const { pacing, departures } = drive(startPacing('read', 0.7, 0), 0, 20_000, () => true);
    expect(pacing.limit).toBe(100);
    expect(between(departures, 10_000, 20_000)).toBeGreaterThan(690);
    expect(between(departures, 10_000, 20_000)).toBeLessThanOrEqual(705);
  });

  it('does not grow on time alone: a slow site proves only its own speed', () => {
    let pacing = startPacing('read', 0.7, 0);
    for (let now = 0; now < 60_000; now += 1_000) pacing = served(depart(pacing, now).pacing, now);
    expect(pacing.limit).toBe(10);
  });

  it('never lets more than a quarter of a second leave at once', () => {
    const { departures } = drive(startPacing('read', 1, 0), 0, 20_000, () => true);
    for (const at of departures) expect(between(departures, at, at + 1)).toBeLessThanOrEqual(4);
  });
});

describe('at a hidden limit', () => {
  it('settles at its share of what the site really serves, with few refusals', () => {
    const { pacing, departures, refusals } = drive(startPacing('read', 0.7, 0), 0, 300_000, tokenBucket(20, 20));
    expect(pacing.source).toBe('found');
    expect(refusals.length).toBeLessThanOrEqual(3);
    const rate = between(departures, 60_000, 300_000) / 240;
    expect(rate).toBeGreaterThan(20 * 0.7 * 0.8);
    expect(rate).toBeLessThanOrEqual(20 * 0.7 * 1.05);
  });

  it('cuts once per epoch: refusals of requests that left before the cut change nothing but the pause', () => {
    const { pacing } = drive(startPacing('read', 1, 0), 0, 2_000, () => true);
    const first = refused(pacing, { now: 2_000, sentAt: 1_990, resumeAt: 3_000 });
    const second = refused(first, { now: 2_010, sentAt: 1_995, resumeAt: 3_010 });
    expect(first.limit).toBeLessThan(pacing.limit);
    expect(second.limit).toBe(first.limit);
    expect(depart(second, 2_020).at).toBeGreaterThanOrEqual(3_010);
    const later = refused(second, { now: 4_000, sentAt: 3_500, resumeAt: 5_000 });
    expect(later.limit).toBeLessThan(first.limit);
  });

  it('voids what was reserved: nothing leaves before the pause ends', () => {
    const { pacing } = drive(startPacing('read', 1, 0), 0, 1_000, () => true);
    const paused = refused(pacing, { now: 1_000, sentAt: 1_000, resumeAt: 31_000 });
    expect(depart(paused, 31_000).at).toBe(31_000);
  });

  it('holds its share after a cut, and looks for a higher limit after ten minutes', () => {
    const { pacing } = drive(startPacing('read', 0.7, 0), 0, 20_000, tokenBucket(20, 20));
    expect(pacing.source).toBe('found');
    const held = drive(pacing, 20_000, 500_000, () => true);
    expect(held.pacing.limit).toBe(pacing.limit);
    const grown = drive(held.pacing, 500_000, 700_000, () => true);
    expect(grown.pacing.boost).toBeGreaterThan(1);
    expect(between(grown.departures, 500_000, 600_000)).toBeLessThan(20 * 0.75 * 100);
  });

  it('cuts by half on a refusal that comes too early to measure anything, and looks for the next one at once', () => {
    const cut = refused(startPacing('read', 0.7, 0), { now: 100, sentAt: 0, resumeAt: 1_100 });
    expect(cut.limit).toBeCloseTo(10 * 0.7 * 0.6 * 0.8);
    expect(cut).toMatchObject({ source: 'guess', phase: 'probe' });
    const { pacing } = drive(cut, 1_100, 60_000, tokenBucket(5, 5, 1_100));
    expect(pacing.source).toBe('found');
    expect(pacing.limit).toBeGreaterThan(4);
    expect(pacing.limit).toBeLessThan(5.5);
  });

  it('never falls below one request in five seconds', () => {
    let pacing = startPacing('write', 1, 0);
    for (let at = 0; at < 100_000; at += 1_000) pacing = refused(pacing, { now: at, sentAt: at, resumeAt: at });
    expect(pacing.limit).toBe(0.2);
  });
});

describe('at a limit that headers state', () => {
  it('takes exactly its share', () => {
    const { departures } = drive(told(startPacing('read', 0.7, 0), 50, 0), 0, 10_000, () => true);
    expect(between(departures, 0, 10_000)).toBeLessThanOrEqual(354);
    expect(between(departures, 0, 10_000)).toBeGreaterThanOrEqual(345);
  });

  it('believes a recent refusal more than a higher statement', () => {
    const early = refused(told(startPacing('read', 1, 0), 50, 0), { now: 10, sentAt: 5, resumeAt: 1_000 });
    // The first refusal costs the margin alone: the stroke of a window may have been missed.
    expect(early).toMatchObject({ source: 'told', limit: 50, margin: 0.95 });
    const cut = refused(refused(early, { now: 1_100, sentAt: 1_000, resumeAt: 2_000 }), {
      now: 3_000,
      sentAt: 2_500,
      resumeAt: 4_000,
    });
    expect(cut.limit).toBeLessThan(50);
    expect(told(cut, 50, 2_000).limit).toBe(cut.limit);
    expect(told(cut, 3, 2_000).limit).toBe(3);
    expect(told(cut, 50, 700_000).limit).toBe(50);
  });
});

it.each(['search', 'write', 'permission'] as const)('paces %s more carefully than reads', (kind) => {
  expect(startPacing(kind, 1, 0).limit).toBeLessThan(startPacing('read', 1, 0).limit);
});
