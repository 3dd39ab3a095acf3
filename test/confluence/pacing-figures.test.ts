import { expect, test } from 'vitest';
import type { Scenario } from '../bench/limits/crawl.ts';
import { crawl } from '../bench/limits/crawl.ts';
import { fullJitter, ownRetryAfter } from '../bench/limits/baselines.ts';
import { alone, shared } from '../bench/limits/manners.ts';
import { SCENARIOS } from '../bench/limits/scenarios.ts';
import { measure } from '../bench/limits/table.ts';

const SEEDS = 3;
const held = SCENARIOS.filter(({ goal, shape }) => goal !== undefined && shape.perSecond <= 20);
const named = (name: string): Scenario => {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`No scenario ${name}.`);
  return found;
};

test.each(held)('$name: the goal is met by every seed', async (scenario) => {
  const { warm, processes = 1, goal = { used: 100, refused: 0 } } = scenario;
  const row = await measure(scenario, () => (processes > 1 ? shared({ warm }) : alone({ warm })), SEEDS);
  expect(row.leastUsed).toBeGreaterThanOrEqual(goal.used);
  expect(row.mostRefused).toBeLessThanOrEqual(goal.refused);
});

test('four processes that share are as good as one', async () => {
  const one = await measure(named('R10 B10, warm'), () => alone({ warm: 10 }), SEEDS);
  const four = await measure(named('R10 B10, 4 processes, warm'), () => shared({ warm: 10 }), SEEDS);
  expect(four.used).toBeGreaterThan(one.used - 0.5);
  expect(four.refused).toBeLessThan(one.refused + 0.1);
});

test('a limit that rose is found, and a limit that fell is met with one wave of refusals in five seconds at most', async () => {
  const risen = await measure(named('5 rises to 20, cold'), () => alone({}), SEEDS);
  for (const { recoveredAfter } of risen.figures) expect(recoveredAfter[0] ?? Infinity).toBeLessThan(110);
  const hour = await measure(named('10, 5, 20 over an hour, cold'), () => alone({}), 1);
  expect(hour.used).toBeGreaterThan(90);
  const fallen = await measure(named('20 falls to 4, warm'), () => alone({ warm: 20 }), SEEDS);
  for (const { epochs } of fallen.figures) expect(epochs).toBeLessThan(600 / 5 / 4);
});

test('the scenarios are no easy ones: simpler clients are refused again and again', async () => {
  for (const manner of [ownRetryAfter, fullJitter]) {
    expect((await measure(named('R10 B10, cold'), () => manner, 1)).refused).toBeGreaterThan(20);
  }
});

test('a run of a seed is the same each time', async () => {
  const once = await crawl(named('R10 B10, cold'), alone({}), 5);
  expect(await crawl(named('R10 B10, cold'), alone({}), 5)).toEqual(once);
});
