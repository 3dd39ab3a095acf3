import { z } from 'zod';
import { placesOf } from '../config/places.ts';
import { printConfig } from '../config/print.ts';
import { openDatabase } from '../src/database.ts';
import { readAllSettings, readFileSettings, readSettings, registryMayExist, type Settings } from '../src/settings.ts';
import { asAuditError } from '../src/domain/errors.ts';
import { errorFields } from '../src/runtime/log-fields.ts';
import { defineJob, type JobContext } from './define-job.ts';

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
    if (verb === 'print') {
      const { config } = await everything(context);
      context.stdout.write(
        printConfig(config, { ...(tenant === undefined ? {} : { tenant }), explained: resolved ?? false }),
      );
      return 0;
    }
    const { config } = await readSettings(context);
    for (const note of config.notes) context.stderr.write(`${note}\n`);
    context.stdout.write(`Valid: ${config.tenants.length} tenant(s) from ${placesOf(config)}.\n`);
    return 0;
  },
});

/** Without a database there is no registry; one that cannot be used now keeps nobody from seeing what the files say. */
async function everything(context: JobContext): Promise<Settings> {
  const files = await readFileSettings(context);
  if (!registryMayExist(context)) return files;
  try {
    const store = await openDatabase(context);
    try {
      return await readAllSettings(context, store);
    } finally {
      await store.close();
    }
  } catch (error) {
    const known = asAuditError(error);
    if (known === null || known.code === 'config-invalid') throw error;
    context.log.warn('The registry cannot be read: only the tenants of the files are shown', errorFields(error));
    return files;
  }
}
