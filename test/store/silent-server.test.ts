import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createStore, type Store, type TenantTx } from '../../src/store/db.ts';
import { createPostgresDriver, openQueueLine } from '../../src/store/postgres.ts';
import { openPostgres } from '../database.ts';
import { openProxy, type Proxy } from '../tcp-proxy.ts';
import { beginRun } from './examples.ts';

const QUIET_MS = 1_000;

let database: Awaited<ReturnType<typeof openPostgres>>;
let proxy: Proxy & AsyncDisposable;
/** Comes through the proxy. */
let store: Store;

const open = (): Store => createStore({ driver: createPostgresDriver({ url: proxy.url, quietMs: QUIET_MS }) });

beforeAll(async () => {
  database = await openPostgres();
  proxy = await openProxy(database.url ?? '');
  store = open();
  await beginRun(database.store, 'acme');
});
beforeEach(() => {
  proxy.onSent = () => 'pass';
  proxy.onAnswered = () => 'pass';
});
afterAll(async () => {
  await store.close();
  await proxy[Symbol.asyncDispose]();
  await database.close();
});

const counted = async (): Promise<number> => {
  const [row] = await database.superuser(`select requests from audit.run where tenant_id = 'acme'`);
  return Number(row?.['requests']);
};

/** Counts one request more; says how often that was tried and how often it was done. */
async function countOne(also: (tx: TenantTx) => Promise<unknown> = () => Promise.resolve()) {
  const before = await counted();
  let tries = 0;
  await store.withTenant('acme', async (tx) => {
    tries += 1;
    await tx.rows(sql`update run set requests = requests + 1 where tenant_id = ${tx.tenantId}`);
    await also(tx);
  });
  return { tries, done: (await counted()) - before };
}

/** Loses the first piece that says this. */
function loseOne(words: string): (piece: Buffer) => 'pass' | 'drop' {
  let lost = false;
  return (piece) => {
    if (lost || !piece.toString('latin1').includes(words)) return 'pass';
    lost = true;
    return 'drop';
  };
}

test.each(['begin;', 'requests = requests + 1', 'commit'])(
  'a message that never arrives is sent again on another connection, and what it left behind is ended: %s',
  async (words) => {
    proxy.onSent = loseOne(words);
    expect(await countOne()).toEqual({ tries: words === 'begin;' ? 1 : 2, done: 1 });
    const left = await database.superuser(
      `select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
    );
    expect(left).toEqual([]);
  },
);

test('a COMMIT whose answer never arrives is not done twice', async () => {
  proxy.onAnswered = loseOne('COMMIT');
  expect(await countOne()).toEqual({ tries: 1, done: 1 });
});

test('a statement that takes long is left alone, for the server works on it', async () => {
  expect(await countOne((tx) => tx.rows(sql`select pg_sleep(${(4 * QUIET_MS) / 1_000})`))).toEqual({
    tries: 1,
    done: 1,
  });
});

test('a server that cannot be asked is away, and waited for', async () => {
  let silent = false;
  proxy.onSent = (piece) => {
    silent ||= piece.includes('requests = requests + 1');
    return silent ? 'drop' : 'pass';
  };
  const done = countOne();
  // Longer than it takes to look, and to find that the look is not answered either.
  await sleep(1.4 * QUIET_MS);
  proxy.onSent = () => 'pass';
  expect(await done).toEqual({ tries: 2, done: 1 });
});

test('what the queue asks for is asked again', async () => {
  const line = openQueueLine(proxy.url, QUIET_MS);
  await line.executeSql('select 1');
  proxy.onSent = loseOne('select 42');
  expect((await line.executeSql('select 42 as answer')).rows).toEqual([{ answer: 42 }]);
  await line.close();
});

test('closing does not wait for a server that says nothing', async () => {
  const other = open();
  await other.withFleet((tx) => tx.rows(sql`select 1`));
  proxy.onSent = () => 'drop';
  const asked = other.withFleet((tx) => tx.rows(sql`select 2`)).catch((error: unknown) => error);
  await sleep(50);
  const began = performance.now();
  await other.close();
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(await asked).toBeInstanceOf(Error);
});
