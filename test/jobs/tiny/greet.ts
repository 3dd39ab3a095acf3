import { z } from 'zod';
import { defineJob } from '../../../jobs/define-job.ts';

export default defineJob({
  name: 'greet',
  summary: 'Greets.',
  examples: ['npm run greet -- world --times 2'],
  operands: { names: 'NAME', about: 'Whom to greet.', schema: z.tuple([z.string()]) },
  flags: {
    times: { value: 'N', about: 'How often.', schema: z.coerce.number().int().positive().default(1) },
    style: { value: 'STYLE', about: 'How.', schema: z.enum(['plain', 'loud']).default('plain') },
    twice: { about: 'Both ways.', schema: z.boolean().default(false) },
  },
  async run({ stdout, log, columns }, { times, style, twice }, [name]) {
    const words = `Hello ${name}`;
    for (let count = 0; count < times * (twice ? 2 : 1); count += 1) {
      stdout.write(`${style === 'loud' ? words.toUpperCase() : words}\n`);
    }
    log.info('Greeted', { count: times, detail: `columns ${columns}` });
    return 0;
  },
});
