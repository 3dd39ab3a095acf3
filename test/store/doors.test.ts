import { sql } from 'drizzle-orm/sql';
import { beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../src/store/db.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { fillTenant } from './full-tenant.ts';

const count = (tx: Tx, relation: string) =>
  tx.rows<{ n: number }>(sql`select count(*)::integer as n from ${sql.raw(relation)}`).then(([row]) => row?.n);

const SEALED = 'audit.credential';

eachDatabase('doors', (open) => {
  let db: TestDatabase;
  let tables: string[] = [];
  let views: string[] = [];

  beforeAll(async () => {
    db = await open();
    const relations = await db.superuser(`
      select c.oid::regclass::text as name, c.relkind::text as kind from pg_class c
      where c.relnamespace in ('audit'::regnamespace, 'report'::regnamespace) and c.relkind in ('r', 'p', 'v')
        and not c.relispartition order by 1`);
    tables = relations.filter(({ kind }) => kind !== 'v').map(({ name }) => name as string);
    views = relations.filter(({ kind }) => kind === 'v').map(({ name }) => name as string);
    for (const tenant of ['a', 'b']) await fillTenant(db, tenant);
  });

  test('each door has its own role', async () => {
    const who = sql`select current_user::text as who`;
    expect(await db.store.withTenant('a', (tx) => tx.rows(who))).toEqual([{ who: 'audit_worker' }]);
    expect(await db.store.withFleet((tx) => tx.rows(who))).toEqual([{ who: 'audit_fleet' }]);
  });

  test('every table and every view shows a tenant its own rows and nobody else’s', async () => {
    expect(tables.length).toBeGreaterThan(15);
    expect(views.length).toBeGreaterThan(15);
    for (const relation of [...tables, ...views]) {
      const own = await db.store.withTenant('a', (tx) => count(tx, relation));
      const foreign = await db.store.withTenant('a', (tx) => count(tx, `${relation} where tenant_id <> 'a'`));
      const stranger = await db.store.withTenant('nobody', (tx) => count(tx, relation));
      expect({ relation, some: own !== 0, foreign, stranger }).toEqual({
        relation,
        some: true,
        foreign: 0,
        stranger: 0,
      });
    }
  });

  test('only the door of its own tenant leads to a sealed credential', async () => {
    const fleet = (columns: string) =>
      db.store.withFleet((tx) => tx.rows(sql.raw(`select ${columns} from ${SEALED} order by tenant_id`)));
    await expect(fleet('sealed')).rejects.toThrow(/permission denied/);
    await expect(fleet('*')).rejects.toThrow(/permission denied/);
    // Which key is needed is no secret, and a rotation asks it of all tenants at once.
    expect(await fleet('tenant_id, key_id')).toEqual([
      { tenant_id: 'a', key_id: 'k' },
      { tenant_id: 'b', key_id: 'k' },
    ]);
    const [reader] = await db.superuser(`select has_table_privilege('audit_reader', '${SEALED}', 'select') as may`);
    expect(reader).toEqual({ may: false });
  });

  test('the fleet sees all tenants, or the one that it asks for, and writes nothing', async () => {
    for (const relation of [...tables, ...views].filter((each) => each !== SEALED)) {
      const tenants = (tx: Tx) =>
        tx.rows<{ id: string }>(sql`select distinct tenant_id as id from ${sql.raw(relation)} order by 1`);
      expect({ relation, ids: await db.store.withFleet(tenants) }).toEqual({
        relation,
        ids: [{ id: 'a' }, { id: 'b' }],
      });
      const one = await db.store.withFleet(tenants, { tenantId: 'b' });
      expect({ relation, ids: one }).toEqual({ relation, ids: [{ id: 'b' }] });
    }
    for (const table of tables) {
      const write = db.store.withFleet((tx) => tx.rows(sql`delete from ${sql.raw(table)}`));
      await expect(write).rejects.toThrow(/permission denied|read-only transaction/);
    }
  });

  test('a door inside a transaction is refused instead of waiting for itself', async () => {
    const nested = db.store.withTenant('a', () => db.store.withFleet(async () => 1));
    await expect(nested).rejects.toThrow('inside a transaction');
    expect(await db.store.withFleet(async () => 'after')).toBe('after');
  });

  test('a transaction in which a statement failed is never taken for a success', async () => {
    const swallowed = db.store.withTenant('a', async (tx) => {
      await tx.rows(sql`update tenant set site = 'https://lost.example'`);
      await tx.rows(sql`select 1 / 0`).catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow(/rolled back|aborted/i);
    expect(await db.superuser(`select site from audit.tenant where site like '%lost%'`)).toEqual([]);
  });

  test('errors do not carry the values of their statement', async () => {
    const failing = db.store.withTenant('a', (tx) => tx.rows(sql`select ${'canary-value'}::text, 1 / 0`));
    const error: unknown = await failing.catch((caught: unknown) => caught);
    expect(JSON.stringify({ ...(error as object) })).not.toContain('canary-value');
    expect(String(error)).toContain('division by zero');
  });

  test('a reader sees the tenants that it was granted, and only behind the grant', async () => {
    const role = `reader_${Math.random().toString(36).slice(2, 10)}`;
    await db.superuser(`create role ${role}`);
    await db.superuser(`grant audit_reader to ${role}`);
    const seen = async () => {
      await db.superuser('begin');
      await db.superuser(`set local role ${role}`);
      const rows = await db.superuser('select tenant_id as id from report.tenant_health order by 1');
      await db.superuser('commit');
      return rows.map(({ id }) => id);
    };
    expect(await seen()).toEqual([]);
    await db.superuser('insert into fleet.reader_grant values ($1, $2)', [role, 'b']);
    await db.superuser('insert into fleet.reader_grant values ($1, null)', ['another_role']);
    expect(await seen()).toEqual(['b']);
    await db.superuser('insert into fleet.reader_grant values ($1, null)', [role]);
    expect(await seen()).toEqual(['a', 'b']);
    await db.superuser(`drop role ${role}`);
  });
});
