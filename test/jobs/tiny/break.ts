import { z } from 'zod';
import { defineJob } from '../../../jobs/define-job.ts';
import { AuditError } from '../../../src/domain/errors.ts';

const WAYS = ['ours', 'bug', 'later', 'rejection'] as const;

export default defineJob({
  name: 'break',
  summary: 'Fails in the way that it is asked to.',
  examples: ['npm run break -- ours'],
  operands: { names: 'WAY', about: WAYS.join(', '), schema: z.tuple([z.enum(WAYS)]) },
  flags: {},
  async run({ clock }, _flags, [way]) {
    if (way === 'ours') throw new AuditError('config-invalid', 'tenants[0].site: must begin with https://.');
    if (way === 'bug') throw new TypeError('Cannot read\nproperties of postgres://user:s3cret-pass@db/x');
    if (way === 'later')
      setImmediate(() => {
        throw new Error('thrown outside of the job');
      });
    if (way === 'rejection') void Promise.reject(new Error('rejected and never awaited'));
    await clock.sleep(5000);
    return 0;
  },
});
