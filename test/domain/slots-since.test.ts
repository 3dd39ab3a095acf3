import { expect, it } from 'vitest';
import { slotsSince } from '../../src/domain/slots-since.ts';

const NIGHTLY = { cron: '0 2 * * *', timezone: 'UTC', quietHours: [], blackout: [] };
const count = (since: string, until: string, changes: object = {}) =>
  slotsSince({ ...NIGHTLY, ...changes }, { since: new Date(`${since}Z`), until: new Date(`${until}Z`) });

it.each([
  ['no slot in between', '2026-11-02T02:10', '2026-11-03T01:59', {}, 0],
  ['the moment itself counts at the end, not at the beginning', '2026-11-02T02:00', '2026-11-03T02:00', {}, 1],
  ['three nights', '2026-11-02T03:30', '2026-11-05T12:00', {}, 3],
  ['a schedule for working days, over a weekend', '2026-11-06T03:00', '2026-11-09T03:00', { cron: '0 2 * * 1-5' }, 1],
  ['days of blackout', '2026-11-02T03:00', '2026-11-05T03:00', { blackout: ['2026-11-03..2026-11-04'] }, 1],
  ['a clock that was set back', '2026-11-05T03:00', '2026-11-02T03:00', {}, 0],
  ['no more than a few hundred', '2020-01-01T00:00', '2026-11-02T03:00', { cron: '* * * * *' }, 500],
])('%s', (_what, since, until, changes, slots) => {
  expect(count(since, until, changes)).toBe(slots);
});
