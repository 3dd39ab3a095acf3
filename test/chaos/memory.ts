import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By how much the heap of a thread may be larger at the end than after its first cases. */
const GROWTH_MB = 48;

/** What is still in use after everything that can be thrown away has been. */
export function heapInMb(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
}

/** I12: what nights leave behind in memory does not add up. */
export const memoryFaults = (heaps: readonly (readonly number[])[]): readonly string[] =>
  heaps.flatMap((marks) => {
    const [first, last] = [marks[0] ?? 0, marks.at(-1) ?? 0];
    return last - first > GROWTH_MB ? [`I12: the heap of a thread grew from ${first} to ${last} MB`] : [];
  });
