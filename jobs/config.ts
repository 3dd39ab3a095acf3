import { z } from 'zod';
import { printConfig } from '../config/print.ts';
import { readSettings } from '../src/app.ts';
import { defineJob } from './define-job.ts';

export default defineJob({
  name: 'config',
  summary: 'Checks the settings, or prints what they come to for each tenant.',
  examples: ['npm run config -- validate', 'npm run -s config -- print --tenant acme --resolved'],
  flags: {
    tenant: { value: 'ID', about: 'Print only this tenant.', schema: z.string().min(1).optional() },
    resolved: { about: 'Says beside each value which layer set it.', schema: z.literal(true).optional() },
  },
  operands: {
    names: 'validate | print',
    about: 'What to do.',
    schema: z.tuple([z.enum(['validate', 'print'])]),
  },
  async run(context, { tenant, resolved }, [verb]) {
    const { config } = await readSettings(context);
    if (verb === 'print') {
      context.stdout.write(
        printConfig(config, { ...(tenant === undefined ? {} : { tenant }), explained: resolved ?? false }),
      );
      return 0;
    }
    const source = config.files.length === 0 ? 'the environment' : config.files.join(', ');
    for (const note of config.notes) context.stderr.write(`${note}\n`);
    context.stdout.write(`Valid: ${config.tenants.length} tenant(s) from ${source}.\n`);
    return 0;
  },
});
