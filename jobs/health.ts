import { resolve } from 'node:path';
import { environmentOf } from '../src/settings.ts';
import { readHeartbeat } from '../src/runtime/heartbeat.ts';
import { defineJob } from './define-job.ts';

export default defineJob({
  name: 'health',
  summary: 'Says whether `start` is alive beside it, with exit 0 or 1; opens no port and no database.',
  examples: ['npm run -s health'],
  flags: {},
  async run(context) {
    const file = resolve(context.cwd, environmentOf(context).heartbeatFile);
    const { healthy, line } = await readHeartbeat(file, context.clock.now());
    context.stdout.write(`${line}\n`);
    return healthy ? 0 : 1;
  },
});
