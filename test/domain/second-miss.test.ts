import { expect, test } from 'vitest';
import { secondMiss } from '../../src/domain/second-miss.ts';

const HOUR = 3_600_000;
const NIGHTLY = { cron: '0 2 * * *', timezone: 'UTC', windowMs: 2 * HOUR, quietHours: [], blackout: [] };

test.each([
  ['two nights and the longest audit of the second', {}, '2026-11-02T02:40', '2026-11-04T08:00'],
  ['no later than the third night', { windowMs: 23 * HOUR }, '2026-11-02T02:40', '2026-11-05T02:00'],
  ['a schedule for working days, over a weekend', { cron: '0 2 * * 1-5' }, '2026-11-06T02:40', '2026-11-10T08:00'],
  ['days of blackout left out', { blackout: ['2026-11-03..2026-11-05'] }, '2026-11-02T02:40', '2026-11-07T08:00'],
  ['by its own zone', { timezone: 'Asia/Tokyo' }, '2026-11-02T02:40', '2026-11-03T23:00'],
  ['one every hour', { cron: '0 * * * *' }, '2026-11-02T02:40', '2026-11-02T05:00'],
])('%s', (_, changes, since, at) => {
  const miss = secondMiss({ ...NIGHTLY, ...changes }, { since: new Date(`${since}:00Z`), longestMs: 4 * HOUR });
  expect(miss?.toISOString().slice(0, 16)).toBe(at);
});

test('nothing is missed where every day is one of blackout', () => {
  const never = { ...NIGHTLY, blackout: ['2026-01-01..2099-01-01'] };
  expect(secondMiss(never, { since: new Date('2026-11-02T02:40:00Z'), longestMs: 0 })).toBeNull();
});
