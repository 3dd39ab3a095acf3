import { defineJob } from '../../../jobs/define-job.ts';

export default defineJob({
  name: 'serve',
  summary: 'Runs until it is stopped, which is its normal end.',
  examples: ['npm run serve'],
  flags: {},
  untilStopped: true,
  async run({ stdout, signal, clock }) {
    stdout.write('serving\n');
    await clock.sleep(20_000, signal).catch(() => {});
    stdout.write('closed\n');
    return 0;
  },
});
