import { existsSync, openAsBlob, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from '../src/store/migrate.ts';
import { readMigrations } from '../src/store/migrations.ts';
import { createPgliteDriver } from '../src/store/pglite.ts';

const TRIES = 1200;

/** A migrated database as one file, made by whichever test file asks first; loading it takes a sixth of a cold start. */
export async function snapshot(scratch: string): Promise<Blob> {
  const path = join(scratch, 'pglite.tar');
  if (first(join(scratch, 'pglite.lock'))) {
    const pglite = await PGlite.create();
    await migrate(createPgliteDriver(pglite), { migrations: readMigrations(), login: 'postgres' });
    const dump = await pglite.dumpDataDir('none');
    await pglite.close();
    writeFileSync(`${path}.part`, new Uint8Array(await dump.arrayBuffer()));
    renameSync(`${path}.part`, path);
  }
  for (let i = 0; i < TRIES && !existsSync(path); i++) await sleep(50);
  return openAsBlob(path);
}

function first(lock: string): boolean {
  try {
    openSync(lock, 'wx');
    return true;
  } catch {
    return false;
  }
}
