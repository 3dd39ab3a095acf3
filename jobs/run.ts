// eslint-disable-next-line import/no-unassigned-import -- it refuses an older Node, and must come first
import './node-version.cjs';

// What is imported above is compiled before any of it runs, so the cache of compiled files that it opens begins here.
const { main } = await import('./frame/main.ts');

// The exit code is set, not forced, so that everything written to a pipe arrives.
process.exitCode = await main({
  argv: process.argv.slice(2),
  environment: process.env,
  jobs: new URL('./', import.meta.url),
  host: process,
});
