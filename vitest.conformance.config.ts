import { defineConfig } from 'vitest/config';

// Compares the simulator with the official documents; needs them on disk, so it is no part of `npm test`.
export default defineConfig({ test: { include: ['test/conformance/**/*.conformance.ts'] } });
