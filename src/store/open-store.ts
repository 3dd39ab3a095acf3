import { type SQL, sql } from './sql.ts';
import { AuditError } from '../domain/errors.ts';
import { createStore, type Store, type Tx } from './db.ts';
import type { Driver } from './driver.ts';
import { findLapses } from './lapses.ts';
import { isPrepared, migrate } from './migrate.ts';
import { readMigrations } from './migrations.ts';

export type StoreOptions = (
  | { readonly databaseUrl: string; readonly adminUrl?: string }
  | { readonly dataDir: string }
) & {
  /** The clock of the statements, for simulated time; the server's own where absent. */
  readonly now?: () => SQL;
};

/** Postgres 15. */
export const OLDEST_SERVER = 150_000;
const MONTHS_AHEAD = 2;

/**
 * Opens the database, prepares it where it may, and proves both doors and the isolation behind them. Throws `directory-locked`, `database-unreachable`,
 * `database-too-old`, `database-unprepared`, `isolation-broken` or `schema-newer`.
 */
export async function openStore(options: StoreOptions): Promise<Store & { readonly applied: readonly string[] }> {
  const driver = 'dataDir' in options ? await openDirectory(options.dataDir) : await openServer(options.databaseUrl);
  try {
    const applied = await prepare(driver, 'adminUrl' in options ? options.adminUrl : undefined);
    const store = createStore({ driver, ...(options.now && { now: options.now }) });
    await proveDoors(store);
    return { ...store, applied };
  } catch (error) {
    await driver.close();
    throw error;
  }
}

// Each brings a library of its own, and a process needs one of them.
export const openDirectory = async (dataDir: string): Promise<Driver> =>
  (await import('./pglite.ts')).openEmbedded(dataDir);
export const openServer = async (url: string, connections?: number): Promise<Driver> =>
  (await import('./postgres.ts')).createPostgresDriver({ url, connections });

/** Applies what is missing, through the administrator's login where there is one. */
async function prepare(driver: Driver, adminUrl: string | undefined): Promise<string[]> {
  const { version, login } = await whoAndWhat(driver);
  if (version < OLDEST_SERVER) {
    throw new AuditError('database-too-old', `The server is Postgres ${Math.floor(version / 10_000)}.`);
  }
  const migrations = readMigrations();
  if (await isPrepared(driver, migrations)) return [];
  if (adminUrl === undefined) return (await migrate(driver, { migrations, login })).applied;
  const admin = await openServer(adminUrl, 1);
  try {
    return (await migrate(admin, { migrations, login })).applied;
  } finally {
    await admin.close();
  }
}

/** The number of the server's version, and as whom we are connected. */
export async function whoAndWhat(driver: Driver): Promise<{ version: number; login: string }> {
  const { rows } = await driver.transaction((connection) =>
    connection.query(`select current_setting('server_version_num')::integer as version, session_user::text as login`),
  );
  return rows[0] as { version: number; login: string };
}

/** Behind each door stands its own role, and no table, view, key, grant or function is a way past the policies. */
async function proveDoors(store: Store): Promise<void> {
  await store.withTenant('nobody', async (tx) => {
    await expectRole(tx, 'audit_worker');
    await tx.rows(sql`select audit.ensure_partitions(${MONTHS_AHEAD})`);
  });
  await store.withFleet(async (tx) => {
    await expectRole(tx, 'audit_fleet');
    const lapses = await findLapses(tx);
    if (lapses.length > 0) throw new AuditError('isolation-broken', lapses.join(' '));
  });
}

async function expectRole(tx: Tx, role: string): Promise<void> {
  const [found] = await tx.rows<{ role: string; exempt: boolean }>(sql`
    select current_user::text as role, rolsuper or rolbypassrls as exempt
    from pg_catalog.pg_roles where rolname = current_user`);
  if (found?.role === role && !found.exempt) return;
  throw new AuditError(
    'database-unprepared',
    `Row-level security would not hold: the door of ${role} leads to ${found?.role ?? 'nobody'}.`,
  );
}
