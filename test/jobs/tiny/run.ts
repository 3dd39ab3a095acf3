import { main } from '../../../jobs/frame/main.ts';

// The real frame over a folder of tiny commands, for tests that look at it from the street.
process.exitCode = await main({
  argv: process.argv.slice(2),
  environment: process.env,
  jobs: new URL('./', import.meta.url),
  host: process,
});
