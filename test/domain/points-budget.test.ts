import { expect, test } from 'vitest';
import { hourOf, nextHour, pointsLeft } from '../../src/domain/points-budget.ts';

const at = (minute: number): Date => new Date(Date.parse('2026-11-22T02:00:00Z') + minute * 60_000);
const app = { pointsPerHour: 40_000, tenants: 4 };

test.each<[string, number, { byAll: number; byTenant: number }, number]>([
  ['alone at the start of the hour: its own part', 0, { byAll: 0, byTenant: 0 }, 9_500],
  ['its part is used: nothing more at the start', 0, { byAll: 9_500, byTenant: 9_500 }, 0],
  ['in the middle half of what the others leave is released', 30, { byAll: 9_500, byTenant: 9_500 }, 14_250],
  ['near the end almost everything that is left', 59, { byAll: 9_500, byTenant: 9_500 }, 28_025],
  ['what others are spending is not released', 30, { byAll: 19_500, byTenant: 9_500 }, 3_500],
  ['others at their parts leave its own', 10, { byAll: 28_500, byTenant: 0 }, 9_500],
  ['the wall of the app holds for everybody', 50, { byAll: 38_000, byTenant: 1_000 }, 0],
  ['and over it nothing is left', 50, { byAll: 39_000, byTenant: 0 }, -1_000],
])('%s', (_, minute, spent, left) => {
  expect(pointsLeft(spent, app, at(minute))).toBeCloseTo(left, 0);
});

test('a tenant that takes all it may never takes the part of one that begins with it', () => {
  let greedy = 0;
  let modest = 0;
  for (let minute = 0; minute < 60; minute += 1) {
    const spent = (byTenant: number) => ({ byAll: greedy + modest, byTenant });
    modest += Math.min(400, Math.max(0, pointsLeft(spent(modest), { ...app, tenants: 2 }, at(minute))));
    greedy += Math.max(0, pointsLeft(spent(greedy), { ...app, tenants: 2 }, at(minute)));
  }
  expect(modest).toBeGreaterThan(18_000);
  expect(greedy + modest).toBeLessThanOrEqual(38_000);
});

test('an hour is one of UTC, and the next one is not begun by all at its stroke', () => {
  expect(hourOf(at(59)).toISOString()).toBe('2026-11-22T02:00:00.000Z');
  expect(nextHour(at(59), 0).toISOString()).toBe('2026-11-22T03:00:01.000Z');
  expect(nextHour(at(59), 0.5).toISOString()).toBe('2026-11-22T03:00:31.000Z');
});
