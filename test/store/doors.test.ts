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

  test('with no tenant chosen the worker sees nothing', async () => {
    for (const relation of [...tables, ...views]) {
      const seen = await db.store.withTenant('a', async (tx) => {
        await tx.rows(sql`select set_config('app.tenant', '', true)`);
        return count(tx, relation);
      });
      expect({ relation, seen }).toEqual({ relation, seen: 0 });
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

  test.each(['update', 'delete', 'insert'])('a tenant cannot %s a row of another', async (kind) => {
    for (const table of tables) {
      const target = sql.raw(table);
      const before = await rowsOf(table, 'b');
      const statement = {
        update: sql`update ${target} set tenant_id = tenant_id where tenant_id = 'b' returning 1`,
        delete: sql`delete from ${target} where tenant_id = 'b' returning 1`,
        insert: sql`insert into ${target} select (json_populate_record(null::${target}, ${before[0]}::json)).*`,
      }[kind];
      if (statement === undefined) throw new Error(`No statement for ${kind}.`);
      const outcome = await db.store
        .withTenant('a', (tx) => tx.rows(statement))
        .then(
          (rows) => `${rows.length} rows`,
          (error: unknown) => (error as { code: string }).code,
        );
      // 42501: refused by the policy, or no right to change history at all.
      expect({ table, outcome }).toEqual({
        table,
        outcome: expect.stringMatching(kind === 'insert' ? /42501/ : /0 rows|42501/),
      });
      expect(await rowsOf(table, 'b')).toEqual(before);
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

  test('every table with tenants binds its owner, and every view its reader', async () => {
    const lax = await db.superuser(`
      select c.oid::regclass::text as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relnamespace in ('audit'::regnamespace, 'fleet'::regnamespace) and c.relkind in ('r', 'p')
        and not (c.relrowsecurity and c.relforcerowsecurity
          -- A partition has no policy of its own: nobody gets a row through it.
          and (c.relispartition or exists (select 1 from pg_policy p where p.polrelid = c.oid)))
      union all
      select c.oid::regclass::text from pg_class c
      where c.relkind in ('v', 'm') and c.relnamespace in ('audit'::regnamespace, 'report'::regnamespace)
        and not coalesce('security_invoker=true' = any(c.reloptions), false)
      union all
      select p.polrelid::regclass::text || ' (policy for everybody)' from pg_policy p where 0 = any(p.polroles)
      union all
      select c.oid::regclass::text || ' (partition with grants)' from pg_class c
      where c.relispartition and c.relkind = 'r' and has_table_privilege('audit_worker', c.oid, 'select')`);
    expect(lax).toEqual([]);
  });

  test('every key of a tenant’s table begins with the tenant', async () => {
    const keys = await db.superuser(`
      select i.indexrelid::regclass::text as name from pg_index i
      join pg_class c on c.oid = i.indrelid and c.relnamespace = 'audit'::regnamespace
      where i.indisunique and i.indkey[0] <> (
        select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
      union all
      select k.conname from pg_constraint k
      where k.contype = 'f' and k.connamespace = 'audit'::regnamespace and k.conkey[1] <> (
        select a.attnum from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'tenant_id')`);
    expect(keys).toEqual([]);
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

  async function rowsOf(table: string, tenant: string): Promise<unknown[]> {
    const rows = await db.superuser(`select to_json(t)::text as row from ${table} t where tenant_id = $1`, [tenant]);
    return rows.map(({ row }) => row);
  }
});
