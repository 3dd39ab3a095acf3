import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The file that waits for leases to end, more than it works; then the one that works longest. */
const FIRST = [/test\/commands\/killed-workers\.test\.ts$/, /test\/model\/write-back\.test\.ts$/];

const turn = ({ moduleId }: TestSpecification): number => {
  const place = FIRST.findIndex((pattern) => pattern.test(moduleId));
  return place === -1 ? FIRST.length : place;
};

/** What waits begins together, side by side and not each in its turn, and what is long does not stand alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- this is the sequencer's own
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => turn(one) - turn(other));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/canary/guard.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One more than the cores of a small machine: a third of the time a test waits for its database or for a process.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // No module has state of its own, so files share a worker: it compiles the embedded database once and not for each of them.
    isolate: false,
  },
});
