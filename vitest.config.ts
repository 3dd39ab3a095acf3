import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait for leases to end, more than they work. */
const WAITING = /test\/commands\/(?:embedded-takeover|many-processes)\.test\.ts$/;

const waits = ({ moduleId }: TestSpecification): number => Number(WAITING.test(moduleId));

/** They begin together, so that they wait side by side and not each in its turn. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- this is the sequencer's own
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => waits(other) - waits(one));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/canary/guard.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: WaitingFirst },
    // No module has state of its own, so files share a worker: it compiles the embedded database once and not for each of them.
    isolate: false,
  },
});
