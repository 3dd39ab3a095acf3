import { AuditError } from '../domain/errors.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Driver } from './driver.ts';
import { isPrepared } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import { OLDEST_SERVER, openDirectory, openServer, whoAndWhat } from './open-store.ts';

export type DatabaseState =
  /** The embedded database, which the first command that needs it makes. */
  | { readonly kind: 'absent' }
  | {
      readonly kind: Driver['kind'];
      /** As `15.18`. */
      readonly version: string;
      readonly login: string;
      /** False where a migration is due. */
      readonly prepared: boolean;
    };

/**
 * Looks at a database and changes nothing, not even what a start would. Throws `directory-locked`, `database-unreachable`,
 * `database-too-old` or `schema-newer`.
 */
export async function inspectDatabase(
  place: { readonly databaseUrl: string } | { readonly dataDir: string },
): Promise<DatabaseState> {
  if ('dataDir' in place && !existsSync(join(place.dataDir, 'database'))) return { kind: 'absent' };
  const driver = 'dataDir' in place ? await openDirectory(place.dataDir) : await openServer(place.databaseUrl, 1);
  try {
    const { version, login } = await whoAndWhat(driver);
    const spelt = `${Math.floor(version / 10_000)}.${version % 10_000}`;
    if (version < OLDEST_SERVER) throw new AuditError('database-too-old', `The server is Postgres ${spelt}.`);
    return { kind: driver.kind, version: spelt, login, prepared: await isPrepared(driver, readMigrations()) };
  } finally {
    await driver.close();
  }
}
