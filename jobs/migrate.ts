import { openDatabase } from '../src/database.ts';
import { environmentOf } from '../src/settings.ts';
import { defineJob } from './define-job.ts';

export default defineJob({
  name: 'migrate',
  summary: 'Creates or updates the database; needs DATABASE_ADMIN_URL where the worker itself may not.',
  examples: [
    'npm run migrate',
    'DATABASE_ADMIN_URL=postgres://admin@host/audit DATABASE_URL=postgres://worker@host/audit npm run migrate',
  ],
  flags: {},
  async run(context) {
    const { openQueue } = await import('../src/schedule/queue.ts');
    const store = await openDatabase(context);
    try {
      const { applied } = store;
      const queue = await openQueue({ store, adminUrl: environmentOf(context).databaseAdminUrl, log: context.log });
      await queue.stop();
      context.stdout.write(
        applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}.\n`,
      );
    } finally {
      await store.close();
    }
    return 0;
  },
});
