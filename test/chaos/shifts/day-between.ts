import { createRandom } from '../../../src/simulator/seed/random.ts';
import { interfere } from '../people.ts';
import type { Shift } from './shift.ts';

// The same moments for every seed, however long its first night took: they stand in what is compared.
const NOON_MS = 12 * 3_600_000;
const NEXT_NIGHT_MS = 24 * 3_600_000;

/** A day passes until the next night, and people work. */
export const dayBetween = (changes: number): Shift => ({
  name: 'day',
  async run({ scenario, time, wikis, trace, pass }) {
    // The same for all seeds of a setting, so that the run without a crash has the same day.
    const random = createRandom(`variant ${scenario.variant} day`);
    await pass(NOON_MS - time.at());
    for (const wiki of wikis) {
      const touched = new Set<string>();
      for (let count = 0; count < changes; count += 1) trace.add(interfere(wiki, random, time.now(), touched));
    }
    await pass(NEXT_NIGHT_MS - time.at());
  },
});
