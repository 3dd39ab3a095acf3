import { createRandom } from '../../../src/simulator/seed/random.ts';
import { interfere } from '../people.ts';
import type { Shift } from './shift.ts';

const HOUR_MS = 3_600_000;
const NOON_MS = 12 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

/** Time passes until this day and hour, counted from the first night: the same for every seed, for it stands in what is compared. */
export const until = (days: number, hours = 0): Shift => ({
  name: 'until',
  run: ({ time, pass }) => pass(Math.max(0, days * DAY_MS + hours * HOUR_MS - time.at())),
});

/** It is noon of a day, and people work. */
export const noon = (changes: number, day = 0): Shift => ({
  name: 'day',
  async run({ scenario, time, wikis, trace, pass }) {
    // The same for all seeds of a setting, so that the run without a crash has the same day.
    const random = createRandom(`variant ${scenario.variant} day${day === 0 ? '' : ` ${day}`}`);
    await pass(Math.max(0, day * DAY_MS + NOON_MS - time.at()));
    for (const wiki of wikis) {
      const touched = new Set<string>();
      for (let count = 0; count < changes; count += 1) trace.add(interfere(wiki, random, time.now(), touched));
    }
  },
});
