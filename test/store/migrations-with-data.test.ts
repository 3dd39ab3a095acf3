import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Driver } from '../../src/store/driver.ts';
import { migrate } from '../../src/store/migrate.ts';
import { type Migrations, readMigrations } from '../../src/store/migrations.ts';
import { createPgliteDriver } from '../../src/store/pglite.ts';
import { createPostgresDriver } from '../../src/store/postgres.ts';
import { openPostgres } from '../database.ts';

const all = readMigrations();
/** The program as it was when it had so many migrations; its views and grants are made anew by every later one. */
const asOf = (count: number): Migrations => {
  const steps = all.steps.slice(0, count);
  return { ...all, steps, after: '', hash: `state ${count}`, newest: steps.at(-1)?.madeAt ?? 0 };
};

/** Tables that a later migration gave another name. */
const TODAY: Readonly<Record<string, string>> = { label_write: 'page_write' };

const FILLED = `
  select c.relname::text as "table", string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns,
    string_agg(case
      when a.attname = 'tenant_id' then quote_literal('acme')
      when t.typname in ('int4', 'int8', 'float8', 'numeric') then '1'
      when t.typname = 'bool' then 'true'
      when t.typname in ('timestamptz', 'date') then 'now()'
      when t.typname = 'jsonb' then quote_literal('{}')
      when t.typname = '_text' then quote_literal('{}')
      when t.typname = 'bytea' then quote_literal('x')
      else quote_literal('some') end, ', ' order by a.attnum) as values
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'audit'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnotnull and not a.atthasdef
  group by c.relname order by c.relname`;

/** Everything that a migration may change, as lines. */
const SHAPE = `
  select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' '
    || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || coalesce(l.collname, '') as line
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum left join pg_collation l on l.oid = a.attcollation
  where c.relnamespace in ('audit'::regnamespace, 'fleet'::regnamespace, 'report'::regnamespace) and c.relkind in ('r', 'p', 'v')
  union all select indexdef from pg_indexes where schemaname in ('audit', 'fleet')
  union all select p.polrelid::regclass || ' ' || p.polname || ' ' || p.polcmd::text || ' ' || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
    from pg_policy p
  union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace in ('audit'::regnamespace, 'fleet'::regnamespace)
  order by 1`;

async function openOne(kind: string): Promise<{ readonly driver: Driver; readonly close: () => Promise<void> }> {
  if (kind === 'PGlite') {
    const driver = createPgliteDriver(await PGlite.create());
    return { driver, close: () => driver.close() };
  }
  const database = await openPostgres();
  const superuser = new URL(database.url ?? '');
  superuser.username = 'postgres';
  superuser.password = '';
  const driver = createPostgresDriver({ url: superuser.href });
  return { driver, close: () => driver.close().then(() => database.close()) };
}

describe.each(['PGlite', 'Postgres'])('migrations with data (%s)', (kind) => {
  let driver: Driver;
  let close: () => Promise<void>;
  let fresh: unknown;

  const lines = async (text: string) =>
    (await driver.transaction((connection) => connection.query(text))).rows as { [column: string]: string }[];
  const bring = (migrations: Migrations) => migrate(driver, { migrations, login: 'postgres' });
  const empty = () =>
    driver.transaction((connection) => connection.script('drop schema if exists audit, report, fleet cascade'));

  beforeAll(async () => {
    ({ driver, close } = await openOne(kind));
    await empty();
    await bring(all);
    fresh = await lines(SHAPE);
  });
  afterAll(() => close());

  test.each(all.steps.map(({ tag }, index) => [tag, index + 1] as const))(
    'from %s on: every row is kept, and the tables are those of a new database',
    async (_, count) => {
      await empty();
      await bring(asOf(count));
      const tables = await lines(FILLED);
      expect(tables.length).toBeGreaterThan(10);
      await driver.transaction(async (connection) => {
        // Rows of every table, whatever refers to what.
        await connection.query(`select set_config('session_replication_role', 'replica', true)`);
        for (const { table, columns, values } of tables)
          await connection.query(`insert into audit.${table} (${columns}) values (${values})`);
      });
      const { applied } = await bring(all);
      expect(applied).toEqual(all.steps.slice(count).map(({ tag }) => tag));
      for (const { table = '' } of tables) {
        const kept = await lines(`select tenant_id from audit.${TODAY[table] ?? table}`);
        expect([table, kept]).toEqual([table, [{ tenant_id: 'acme' }]]);
      }
      expect(await lines(SHAPE)).toEqual(fresh);
      expect(await bring(all)).toEqual({ applied: [] });
    },
  );

  test('what an older program then finds is refused', async () => {
    await expect(bring(asOf(all.steps.length - 1))).rejects.toMatchObject({ code: 'schema-newer' });
  });
});
