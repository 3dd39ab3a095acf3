import { createRandom } from '../../../src/simulator/seed/random.ts';
import { interfere } from '../people.ts';
import type { Shift } from './shift.ts';

/** A day passes until the next night, and people work. */
export const dayBetween = (changes: number): Shift => ({
  name: 'day',
  async run({ scenario, time, wikis, trace, pass }) {
    // The same for all seeds of a setting, so that the run without a crash has the same day.
    const random = createRandom(`variant ${scenario.variant} day`);
    await pass(12 * 3_600_000);
    for (const wiki of wikis) {
      const touched = new Set<string>();
      for (let count = 0; count < changes; count += 1) trace.add(interfere(wiki, random, time.now(), touched));
    }
    await pass(12 * 3_600_000 - (time.at() % 3_600_000));
  },
});
