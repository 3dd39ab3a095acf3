import { defineConfig } from 'vitest/config';

// A suite of its own, run by one test of the real one: each of its files prints something, and all but one must fail for it.
export default defineConfig({
  test: { include: ['test/canary/leaky/*.leaky.ts'], setupFiles: ['test/canary/guard.ts'], reporters: ['json'] },
});
