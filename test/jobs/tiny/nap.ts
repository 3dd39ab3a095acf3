import { z } from 'zod';
import { defineJob } from '../../../jobs/define-job.ts';

export default defineJob({
  name: 'nap',
  summary: 'Sleeps until it is stopped, or sleeps on.',
  examples: ['npm run nap'],
  flags: { deaf: { about: 'Ignores the first signal.', schema: z.boolean().default(false) } },
  async run({ stdout, signal, clock }, { deaf }) {
    stdout.write('asleep\n');
    if (deaf) signal.addEventListener('abort', () => stdout.write('heard\n'));
    await (deaf ? clock.sleep(20_000) : clock.sleep(20_000, signal));
    return 0;
  },
});
