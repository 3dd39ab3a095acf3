import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import type { SQL } from '../src/store/sql.ts';
import { Client, Pool } from 'pg';
import { afterAll, describe, inject } from 'vitest';
import { createStore, type Store } from '../src/store/db.ts';
import { openStore } from '../src/store/open-store.ts';
import { createPgliteDriver } from '../src/store/pglite.ts';
import { encode } from '../src/store/wire.ts';
import { expectNoLeak } from './canary/canary.ts';
import { snapshot } from './pglite-snapshot.ts';

export interface TestDatabase {
  readonly store: Store;
  /** Runs a statement past every policy: for looking behind the doors, not for preparing what a door can prepare. */
  readonly superuser: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  /** Where the worker connects; null for the embedded database. */
  readonly url: string | null;
}

/** A fresh migrated database; closed and dropped by itself after the suite. */
export type OpenDatabase = (options?: { now?: () => SQL }) => Promise<TestDatabase>;

const KINDS = { PGlite: openPglite, Postgres: openPostgres } as const;
type DatabaseKind = keyof typeof KINDS;

/** Runs the same suite on the embedded database and on Postgres, or on those that are named. */
export function eachDatabase(
  name: string,
  suite: (open: OpenDatabase) => void,
  kinds: readonly DatabaseKind[] = ['PGlite', 'Postgres'],
): void {
  for (const kind of kinds) {
    const openOne = KINDS[kind];
    describe(`${name} (${kind})`, () => {
      const closers: (() => Promise<void>)[] = [];
      afterAll(async () => {
        for (const close of closers) await close();
      });
      suite(async (options = {}) => {
        const database = await openOne(options);
        closers.push(() => database.close());
        return database;
      });
    });
  }
}

type Closable = TestDatabase & { readonly close: () => Promise<void> };

async function openPglite(options: { now?: () => SQL }): Promise<Closable> {
  const pglite = await PGlite.create({ loadDataDir: await snapshot(inject('scratch')) });
  const store = createStore({ driver: createPgliteDriver(pglite), ...options });
  const superuser: TestDatabase['superuser'] = async (text, values = []) =>
    (await pglite.query<Record<string, unknown>>(text, values.map(encode))).rows;
  return {
    store,
    url: null,
    superuser,
    async close() {
      await expectNoLeak({ superuser });
      await store.close();
    },
  };
}

/** A fresh migrated Postgres database for one test; whoever opens it closes it. */
export async function openPostgres(options: { now?: () => SQL } = {}): Promise<Closable> {
  const { superuserUrl, adminUrl, workerUrl, template } = inject('postgres');
  const name = `${template}_${randomUUID().replaceAll('-', '')}`;
  await once(superuserUrl, `create database ${name} template ${template} owner ${new URL(adminUrl).username}`);
  const url = onDatabase(workerUrl, name);
  const store = await openStore({ databaseUrl: url, ...options });
  const pool = new Pool({ connectionString: onDatabase(superuserUrl, name), max: 1 });
  // A pool has ended before its connections have, and the drop by force tells those that are left.
  pool.on('error', () => undefined);
  const superuser: TestDatabase['superuser'] = async (text, values = []) =>
    (await pool.query<Record<string, unknown>>(text, values)).rows;
  return {
    store,
    url,
    superuser,
    async close() {
      await expectNoLeak({ superuser });
      await store.close();
      await pool.end();
      await once(superuserUrl, `drop database ${name} with (force)`);
    },
  };
}

/** The same server and login, another database. */
export function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** One statement on a connection of its own. */
export async function once(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
