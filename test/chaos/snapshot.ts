import { PGlite } from '@electric-sql/pglite';
import { migrate } from '../../src/store/migrate.ts';
import { readMigrations } from '../../src/store/migrations.ts';
import { createPgliteDriver } from '../../src/store/pglite.ts';

/** A migrated database as one file, for all threads. */
export async function takeSnapshot(): Promise<Blob> {
  const pglite = await PGlite.create();
  await migrate(createPgliteDriver(pglite), { migrations: readMigrations(), login: 'postgres' });
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  return dump;
}
