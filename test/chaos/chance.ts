import { uuidv7 } from '../../src/domain/uuidv7.ts';
import type { Random as Chance } from '../../src/runtime/random.ts';
import { createRandom } from '../../src/simulator/seed/random.ts';

/** The chance of one process: the same for the same words. */
export function createChance(words: string, now: () => Date): Chance {
  const random = createRandom(words);
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => random.int(256));
  return { roll: () => random.int(2 ** 32) / 2 ** 32, id: () => uuidv7(now(), bytes(16)), key: () => bytes(32) };
}
