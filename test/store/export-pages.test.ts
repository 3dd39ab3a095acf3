import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Position, START, type Since } from '../../src/domain/position.ts';
import type { Store } from '../../src/store/db.ts';
import { inPages, settleRange } from '../../src/store/export-pages.ts';
import { readTrail } from '../../src/store/trail.ts';
import { eachDatabase, openPostgres, type TestDatabase } from '../database.ts';
import { beginRun } from './examples.ts';
import { addCalls, holdTransaction, makeMonth, untilCertain } from './history.ts';

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(5, '0')}`);

/** All ids of an export in its order, and where the next one goes on. */
async function exported(store: Store, since: Since | null, scope: { tenantId?: string } = {}) {
  const range = await settleRange(store, since, scope);
  const ids: string[] = [];
  for await (const page of inPages(store, scope, range, readTrail)) ids.push(...page.map(({ id }) => id));
  return { ids, next: { after: { tx: range.below, id: '' } } };
}

/** The same, once all that was written before is certain. */
async function allExported(db: TestDatabase, since: Since | null, scope: { tenantId?: string } = {}) {
  await untilCertain(db);
  return exported(db.store, since, scope);
}

/** Runs what docs/operations.md says for this case, as the owner of the tables, who is no superuser on a server. */
async function renumberAsTold({ superuser }: TestDatabase): Promise<void> {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const [, block] = /begin;\n([^]+?end \$\$;)\n/.exec(page) ?? [];
  const [owner] = await superuser(`select relowner::regrole::text as name from pg_class where relname = 'api_call'`);
  await superuser(`set role ${String(owner?.['name'])}`);
  await superuser(block ?? '');
  await superuser('reset role');
}

eachDatabase('an export', (open) => {
  let db: TestDatabase;
  let all: string[];

  beforeAll(async () => {
    db = await open();
    const runs = { a: await beginRun(db.store, 'a'), b: await beginRun(db.store, 'b') };
    all = [];
    // Ids fall while transactions rise, so an order by id would be noticed.
    for (let batch = 9; batch > 0; batch -= 1) {
      const tenant = batch % 2 === 0 ? 'a' : 'b';
      const ids = numbered(`${tenant}-${batch}`, batch === 5 ? 2_300 : 250);
      await addCalls(db.store, tenant, runs[tenant], ids.toReversed());
      all.push(...ids);
    }
  });

  test('tells every row once, in the order of the transactions, over many pages', async () => {
    expect((await allExported(db, null)).ids).toEqual(all);
  });

  test('goes on exactly where the last one ended, and a second time tells nothing', async () => {
    const { next } = await allExported(db, null);
    expect((await allExported(db, next)).ids).toEqual([]);
    await addCalls(db.store, 'a', { runId: 'later' }, ['late-1', 'late-2']);
    const second = await allExported(db, next);
    expect(second.ids).toEqual(['late-1', 'late-2']);
    expect((await allExported(db, second.next)).ids).toEqual([]);
    all.push('late-1', 'late-2');
  });

  test('goes on in the middle of a transaction', async () => {
    const range = await settleRange(db.store, null, {});
    const rows: Position[] = [];
    for await (const page of inPages(db.store, {}, range, readTrail)) rows.push(...page);
    const middle = rows.findIndex(({ id }) => id.startsWith('b-5-01'));
    const { tx, id } = rows[middle] ?? START;
    expect((await allExported(db, { after: { tx, id } })).ids).toEqual(all.slice(middle + 1));
  });

  test('of one tenant never has a row of another', async () => {
    const { ids } = await allExported(db, null, { tenantId: 'a' });
    expect(ids).toEqual(all.filter((id) => id.startsWith('a-') || id.startsWith('late')));
  });

  test('since a moment has what happened from then on', async () => {
    const [moment] = await db.superuser('select clock_timestamp()::text as at');
    await addCalls(db.store, 'b', { runId: 'later' }, ['newest']);
    expect((await allExported(db, { at: new Date(String(moment?.['at'])) })).ids).toEqual(['newest']);
    expect((await allExported(db, { at: new Date(Date.now() + 60_000) })).ids).toEqual([]);
    all.push('newest');
  });

  test('leaves out a month that is pruned meanwhile, and tells the rest', async () => {
    const part = await makeMonth(db, 'api_call', 200);
    await db.superuser(`insert into audit.${part} (tenant_id, at, call_id, run_id, method, endpoint, attempts, waited_ms, duration_ms)
      select 'a', (now() - interval '200 days'), 'old-' || to_char(n, 'FM00000'), 'r', 'GET', '/', 1, 0, 0 from generate_series(1, 1500) n`);
    await untilCertain(db);
    const range = await settleRange(db.store, null, {});
    const ids: string[] = [];
    for await (const page of inPages(db.store, {}, range, readTrail)) {
      if (ids.length === 0) await db.superuser(`drop table audit.${part}`);
      ids.push(...page.map(({ id }) => id));
    }
    expect(ids).toEqual(all);
  });

  test('refuses a position that this server has not reached', async () => {
    const far = { after: { tx: '999999999', id: '' } };
    await expect(settleRange(db.store, far, {})).rejects.toThrow('The position is ahead of this server');
  });

  test('refuses rows that were brought from another server, until they are renumbered', async () => {
    const foreign = await open();
    await beginRun(foreign.store, 'a');
    await addCalls(foreign.store, 'a', { runId: 'r' }, ['theirs']);
    await foreign.superuser(`update audit.api_call set tx = '999999999'`);
    await expect(settleRange(foreign.store, null, {})).rejects.toThrow('Rows of the database are ahead');
    await renumberAsTold(foreign);
    expect((await allExported(foreign, null)).ids).toEqual(['theirs']);
  });
});

describe('rows that commit late (Postgres)', () => {
  test('are lost by no export: what came after them waits for them', async () => {
    const db = await openPostgres();
    onTestFinished(() => db.close());
    const run = await beginRun(db.store, 'a');
    await addCalls(db.store, 'a', run, ['before']);
    await untilCertain(db);
    const commit = await holdTransaction(db.store, 'a', run.runId, 'slow');
    await addCalls(db.store, 'a', run, ['fast']);
    const first = await exported(db.store, null);
    expect(first.ids).toEqual(['before']);
    await commit();
    const second = await allExported(db, first.next);
    expect(second.ids).toEqual(['slow', 'fast']);
    expect((await allExported(db, second.next)).ids).toEqual([]);
  });
});
