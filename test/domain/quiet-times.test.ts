import { expect, test } from 'vitest';
import { inQuietHours, onBlackoutDay } from '../../src/domain/quiet-times.ts';

const times = { timezone: 'Europe/Berlin', quietHours: [] as string[], blackout: [] as string[] };

test.each([
  ['no hours at all', [], '2026-11-02T09:00:00Z', false],
  ['the first minute', ['08:00-18:00'], '2026-11-02T07:00:00Z', true],
  ['the minute before', ['08:00-18:00'], '2026-11-02T06:59:59Z', false],
  ['the last minute', ['08:00-18:00'], '2026-11-02T16:59:59Z', true],
  ['the end', ['08:00-18:00'], '2026-11-02T17:00:00Z', false],
  ['summer time', ['08:00-18:00'], '2026-07-01T06:00:00Z', true],
  ['before midnight', ['22:00-06:00'], '2026-11-02T22:30:00Z', true],
  ['midnight', ['22:00-06:00'], '2026-11-02T23:00:00Z', true],
  ['after midnight', ['22:00-06:00'], '2026-11-03T04:59:00Z', true],
  ['the day between', ['22:00-06:00'], '2026-11-03T05:00:00Z', false],
  ['the second of two', ['01:00-02:00', '12:00-13:00'], '2026-11-02T11:30:00Z', true],
])('quiet hours: %s', (_, quietHours, at, quiet) => {
  expect(inQuietHours({ ...times, quietHours }, new Date(at))).toBe(quiet);
});

test.each([
  ['no day at all', [], '2026-12-24T12:00:00Z', false],
  ['the day, by the zone and not by UTC', ['2026-12-24'], '2026-12-23T23:30:00Z', true],
  ['its end', ['2026-12-24'], '2026-12-24T23:00:00Z', false],
  ['the first day of a range', ['2026-12-24..2027-01-01'], '2026-12-24T00:00:00Z', true],
  ['the last day of a range', ['2026-12-24..2027-01-01'], '2027-01-01T22:59:59Z', true],
  ['the day after a range', ['2026-12-24..2027-01-01'], '2027-01-01T23:00:00Z', false],
])('blackout: %s', (_, blackout, at, black) => {
  expect(onBlackoutDay({ ...times, blackout }, new Date(at))).toBe(black);
});
