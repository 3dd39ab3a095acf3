import { sql } from 'drizzle-orm/sql';
import { beforeAll, expect, test } from 'vitest';
import { deleteDueTenants, deleteTenantBatch, removeTenant, TABLES_OF_A_TENANT } from '../../src/store/removal.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { beginRun } from './examples.ts';
import { fillTenant } from './full-tenant.ts';

/** What is asked of a site, and what people did here, ends by its own age. */
const KEPT = ['audit.admin_act', 'audit.api_call'];
const DAY = 86_400;
const { signal } = new AbortController();

eachDatabase('a removed tenant', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
    for (const tenant of ['a', 'b', 'c', 'd']) await fillTenant(db, tenant);
  });
  const tables = async (): Promise<string[]> => {
    const found = await db.superuser(`
      select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where n.nspname = 'audit' and c.relkind in ('r', 'p') and not c.relispartition order by 1`);
    return found.map(({ name }) => String(name));
  };
  const left = async (tenant: string): Promise<string[]> => {
    const names: string[] = [];
    for (const name of await tables()) {
      const [row] = await db.superuser(`select count(*)::int as n from ${name} where tenant_id = $1`, [tenant]);
      if (row?.['n'] !== 0) names.push(name);
    }
    return names;
  };
  const remove = (tenant: string, grace: number) => db.store.withTenant(tenant, (tx) => removeTenant(tx, grace));

  test('every table with tenants is emptied of it, or keeps it on purpose', async () => {
    const emptied = [...TABLES_OF_A_TENANT, 'tenant'].map((name) => `audit.${name}`);
    expect((await tables()).filter((name) => !KEPT.includes(name))).toEqual(emptied.toSorted());
  });

  test('has no credential and is disabled at once, and loses nothing else before its time', async () => {
    expect(Date.parse((await remove('a', 2 * DAY)) ?? '')).toBeGreaterThan(Date.now() + DAY * 1_000);
    expect(await deleteDueTenants(db.store, signal)).toEqual([]);
    expect(await db.store.withTenant('a', deleteTenantBatch)).toBe(0);
    const gone = ['audit.credential', 'audit.registration'];
    expect(await left('a')).toEqual((await tables()).filter((name) => !gone.includes(name)));
    expect(await db.superuser(`select enabled from audit.tenant where tenant_id = 'a'`)).toEqual([{ enabled: false }]);
  });

  test('loses all of it once its time has come, and nobody else does', async () => {
    const others = await left('b');
    await remove('c', 0);
    const [deleted, ...more] = await deleteDueTenants(db.store, signal);
    expect(more).toEqual([]);
    expect(deleted).toMatchObject({ tenantId: 'c' });
    expect(deleted?.rows).toBeGreaterThan(15);
    expect(await left('c')).toEqual((await tables()).filter((name) => KEPT.includes(name)));
    expect(await left('b')).toEqual(others);
    expect(await remove('c', 0)).toBeNull();
  });

  test('is deleted in batches, so that a stop loses nothing', async () => {
    await db.superuser(`
      insert into audit.page_link (tenant_id, page_id, ord, kind, url)
      select 'd', '1', n, 'url', 'https://example.com/' from generate_series(1, 12000) n`);
    await remove('d', 0);
    const batches: number[] = [];
    for (;;) {
      const rows = await db.store.withTenant('d', deleteTenantBatch);
      if (rows === 0) break;
      batches.push(rows);
    }
    expect(Math.max(...batches)).toBe(5_000);
    expect(batches.length).toBeGreaterThan(TABLES_OF_A_TENANT.length / 2);
    expect(await left('d')).toEqual(KEPT);
  });

  test('is not shown as it was counted where it comes back half deleted', async () => {
    await fillTenant(db, 'e');
    await remove('e', 0);
    const trend = () =>
      db.store.withFleet((tx) => tx.rows(sql`select open from report.daily_trend where tenant_id = 'e'`));
    while ((await left('e')).includes('audit.finding')) await db.store.withTenant('e', deleteTenantBatch);
    expect(await trend()).toEqual([{ open: 1 }]);
    await beginRun(db.store, 'e', { runId: 'back' });
    expect(await trend()).toEqual([]);
  });

  test('is the only one whose history can be deleted', async () => {
    const drop = (tenant: string) =>
      db.store.withTenant(tenant, (tx) =>
        tx.rows(sql`delete from finding_event where tenant_id = ${tenant} returning 1`),
      );
    expect(await drop('b')).toEqual([]);
    expect(await drop('a')).toEqual([]);
    await expect(
      db.store.withTenant('b', (tx) => tx.rows(sql`delete from api_call where tenant_id = 'b'`)),
    ).rejects.toThrow(/permission denied/);
    expect(await left('b')).toContain('audit.finding_event');
  });
});
