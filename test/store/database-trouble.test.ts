import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pauseMs } from '../../src/store/trouble.ts';
import { createLog } from '../../src/runtime/log.ts';
import { openQueue } from '../../src/schedule/queue.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store, TenantTx } from '../../src/store/db.ts';
import { openPostgres } from '../database.ts';
import { openProxy, type Proxy } from '../tcp-proxy.ts';
import { beginRun } from './examples.ts';

let database: Awaited<ReturnType<typeof openPostgres>>;
let proxy: Proxy & AsyncDisposable;
/** Comes through the proxy. */
let store: Store;

beforeAll(async () => {
  database = await openPostgres();
  proxy = await openProxy(database.url ?? '');
  store = await openStore({ databaseUrl: proxy.url });
  await beginRun(database.store, 'acme');
});
beforeEach(() => {
  proxy.onSent = () => 'pass';
});
afterAll(async () => {
  await store.close();
  await proxy[Symbol.asyncDispose]();
  await database.close();
});

/** Counts one request more; what is counted twice was done twice. */
const countOne = (tx: TenantTx) =>
  tx.rows(sql`update run set requests = requests + 1 where tenant_id = ${tx.tenantId}`);
const counted = async (): Promise<number> => {
  const [row] = await database.superuser(`select requests from audit.run where tenant_id = 'acme'`);
  return Number(row?.['requests']);
};
const raise = (state: string) => sql.raw(`do $$ begin raise exception using errcode = '${state}'; end $$`);

/** Does something wrong on the first tries, in the middle of work. */
async function troubled(
  times: number,
  trouble: (tx: TenantTx) => Promise<unknown>,
): Promise<{ tries: number; done: number }> {
  const before = await counted();
  let tries = 0;
  await store.withTenant('acme', async (tx) => {
    tries += 1;
    await countOne(tx);
    if (tries <= times) await trouble(tx);
  });
  return { tries, done: (await counted()) - before };
}

const endAll = (name: string) =>
  database.superuser(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
    [name],
  );
const killMe = async (tx: TenantTx): Promise<void> => {
  const [me] = await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  await database.superuser(`select pg_terminate_backend(${me?.pid})`);
  await tx.rows(sql`select 1`);
};

test.each([
  ['a connection that is ended by the administrator', killMe],
  ['a conflict of serializable transactions', (tx: TenantTx) => tx.rows(raise('40001'))],
  ['a deadlock', (tx: TenantTx) => tx.rows(raise('40P01'))],
  ['a lock that was not to be had in time', (tx: TenantTx) => tx.rows(raise('55P03'))],
])('%s: the transaction is done again, and done once', async (_, trouble) => {
  expect(await troubled(2, trouble)).toEqual({ tries: 3, done: 1 });
});

test('a conflict that does not end is thrown after a few tries', async () => {
  await expect(troubled(100, (tx) => tx.rows(raise('40001')))).rejects.toMatchObject({ code: '40001' });
});

const both = (ids: readonly [string, string]) =>
  store.withTenants(ids, async (tx) => {
    await countOne(tx);
    await sleep(300);
  });

test('two transactions that wait for each other are both done', async () => {
  await beginRun(database.store, 'first');
  await beginRun(database.store, 'second');
  await Promise.all([both(['first', 'second']), both(['second', 'first'])]);
  const rows = await database.superuser(`select requests from audit.run where tenant_id in ('first', 'second')`);
  expect(rows).toEqual([{ requests: 2 }, { requests: 2 }]);
});

test('a server that is away for a moment is waited for', async () => {
  await proxy.shut();
  const done = troubled(0, () => Promise.resolve());
  await sleep(700);
  await proxy.open();
  expect(await done).toEqual({ tries: 1, done: 1 });
});

test('the queue waits for it too, and what it sends arrives once', async () => {
  const log = createLog({ level: 'error', format: 'json', now: () => new Date(), write: () => undefined });
  const queue = await openQueue({ store, adminUrl: null, log });
  await proxy.shut();
  const sent = queue.enqueue({ tenantId: 'acme', at: new Date(0) }, new Date());
  await sleep(700);
  await proxy.open();
  expect(await sent).toBe(true);
  expect(await queue.enqueue({ tenantId: 'acme', at: new Date(0) }, new Date())).toBe(false);
  await queue.stop();
});

test('a server without a connection left is waited for', async () => {
  const name = new URL(database.url ?? '').pathname.slice(1);
  await database.superuser(`alter database ${name} connection limit 0`);
  await endAll(name);
  let ended = false;
  const done = troubled(0, () => Promise.resolve()).finally(() => {
    ended = true;
  });
  await sleep(700);
  expect(ended).toBe(false);
  await database.superuser(`alter database ${name} connection limit -1`);
  expect(await done).toEqual({ tries: 1, done: 1 });
});

const isCommit = (piece: Buffer): boolean => piece.toString('latin1').startsWith('Q') && piece.includes('commit');

test('a COMMIT whose answer is lost is not done twice', async () => {
  let lost = 0;
  proxy.onSent = (piece, cut) => {
    if (!isCommit(piece) || lost > 0) return 'pass';
    lost += 1;
    // The server gets it; nobody is there any more for the answer.
    setImmediate(cut);
    return 'pass';
  };
  expect(await troubled(0, () => Promise.resolve())).toEqual({ tries: 1, done: 1 });
  expect(lost).toBe(1);
});

test('a COMMIT that never arrived is done again', async () => {
  let lost = 0;
  proxy.onSent = (piece, cut) => {
    if (!isCommit(piece) || lost > 0) return 'pass';
    lost += 1;
    cut();
    return 'drop';
  };
  expect(await troubled(0, () => Promise.resolve())).toEqual({ tries: 2, done: 1 });
  expect(lost).toBe(1);
});

test.each([
  ['a full disk', '53100'],
  ['a file that cannot be written', '58030'],
])('%s is not tried again, and has a name', async (_, state) => {
  let tries = 0;
  const done = store.withTenant('acme', async (tx) => {
    tries += 1;
    await tx.rows(raise(state));
  });
  await expect(done).rejects.toMatchObject({ code: 'database-unwritable', fields: { sqlState: state } });
  expect(tries).toBe(1);
});

test('a server that went read-only is left in peace, and its connections are given up', async () => {
  const name = new URL(database.url ?? '').pathname.slice(1);
  await database.superuser(`alter database ${name} set default_transaction_read_only = on`);
  await endAll(name);
  await expect(troubled(0, () => Promise.resolve())).rejects.toMatchObject({ code: 'database-unwritable' });
  expect(await store.withTenant('acme', (tx) => tx.rows(sql`select 1 as one`))).toEqual([{ one: 1 }]);
  await database.superuser(`begin read write; alter database ${name} reset default_transaction_read_only; commit`);
  await expect(troubled(0, () => Promise.resolve())).rejects.toMatchObject({ code: 'database-unwritable' });
  expect(await troubled(0, () => Promise.resolve())).toEqual({ tries: 1, done: 1 });
});

test('a mistake in a statement is neither tried again nor renamed', async () => {
  let tries = 0;
  const done = store.withTenant('acme', async (tx) => {
    tries += 1;
    await tx.rows(sql`select nonsense`);
  });
  await expect(done).rejects.toMatchObject({ code: '42703' });
  expect(tries).toBe(1);
});

const pauses = (trouble: Parameters<typeof pauseMs>[0]): number[] => {
  const waited: number[] = [];
  for (let tried = 1; ; tried += 1) {
    const pause = pauseMs(trouble, tried, 0.5);
    if (pause === null) return waited;
    waited.push(pause);
  }
};

test('a server that is away is waited for half a minute, a conflict is tried five times, the rest once', () => {
  const away = pauses('away').reduce((sum, ms) => sum + ms, 0);
  expect(away).toBeGreaterThan(20_000);
  expect(away).toBeLessThan(35_000);
  expect(pauses('conflict')).toHaveLength(4);
  expect([pauses('unwritable'), pauses(null)]).toEqual([[], []]);
});
