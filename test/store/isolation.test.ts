import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../src/store/db.ts';
import { findLapses } from '../../src/store/lapses.ts';
import { type SQL, sql, statementText } from '../../src/store/sql.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { fillTenant } from './full-tenant.ts';

interface Relation {
  readonly name: string;
  /** Its first column. */
  readonly column: string;
  readonly ofTenants: boolean;
  /** Which of its rows are another's: tenant a's, or all where they are nobody's. */
  readonly of: string;
  /** One row of tenant a, to be written by somebody else; null for views and empty tables. */
  readonly row: string | null;
}

interface Found {
  readonly name: string;
  readonly rows: boolean;
  readonly column: string;
  readonly tenants: boolean;
}

/** No right (42501), a read-only transaction (25006, or what the driver makes of it), a view that takes no rows (55000). */
const NOTHING = /^(0 rows|42501|25006|55000|database-unwritable)$/;

const OUTSIDERS = new Set(['a reader without a grant', 'a role without any right']);

const VERBS: Readonly<Record<string, (relation: Relation) => string>> = {
  SELECT: ({ name, of }) => `select 1 from ${name}${of}`,
  INSERT: ({ name, row }) =>
    row === null
      ? `insert into ${name} default values returning 1`
      : `insert into ${name} select (json_populate_record(null::${name}, '${row.replaceAll("'", "''")}'::json)).* returning 1`,
  UPDATE: ({ name, column, of }) => `update ${name} set ${column} = ${column}${of} returning 1`,
  DELETE: ({ name, of }) => `delete from ${name}${of} returning 1`,
};

eachDatabase('isolation', (open) => {
  let db: TestDatabase;
  const relations: Relation[] = [];
  let before: unknown;
  const roles = { reader: `reader_${randomUUID().slice(0, 8)}`, stranger: `stranger_${randomUUID().slice(0, 8)}` };

  /** Everything that is stored, told apart by a hash. */
  const stored = async () => {
    const all = relations.filter(({ row }) => row !== null).map(({ name }) => name);
    const hashes = all.map(
      (name) => `select '${name}' as name, md5(string_agg(t::text, '' order by t::text)) as hash from ${name} t`,
    );
    return db.superuser(hashes.join(' union all '));
  };

  /** Behind a role that is no door's: the program's own checks are out of play. */
  const asRole = (role: string) => async (statement: string) => {
    await db.superuser('begin');
    try {
      await db.superuser(`set local role ${role}`);
      return await db.superuser(statement);
    } finally {
      await db.superuser('rollback');
    }
  };
  const who: Record<string, (statement: string) => Promise<unknown[]>> = {
    'another tenant': (text) => db.store.withTenant('b', (tx) => tx.rows(sql.raw(text))),
    'a tenant that is not there': (text) => db.store.withTenant('nobody', (tx) => tx.rows(sql.raw(text))),
    'the worker without a tenant': (text) => db.store.withCommons((tx) => tx.rows(sql.raw(text))),
    'the fleet’s door as another tenant': (text) =>
      db.store.withFleet((tx) => tx.rows(sql.raw(text)), { tenantId: 'b' }),
    'a reader without a grant': asRole(roles.reader),
    'a role without any right': asRole(roles.stranger),
  };

  beforeAll(async () => {
    db = await open();
    for (const tenant of ['a', 'b']) await fillTenant(db, tenant);
    await db.superuser(`insert into fleet.pace (pace_key, state, updated_at) values ('k', '{}', now())`);
    await db.superuser(`insert into fleet.app_hour (app_id, hour, points) values ('app', now(), 1)`);
    await db.superuser(`insert into fleet.reader_grant values ('somebody_else', 'a'), ('another', null)`);
    for (const role of Object.values(roles)) await db.superuser(`create role ${role}`);
    await db.superuser(`grant audit_reader to ${roles.reader}`);
    const found = await db.superuser(`
      select c.oid::regclass::text as name, c.relkind in ('r', 'p') as rows, a.attname::text as column, exists (
        select 1 from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id') as tenants
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
      where c.relnamespace in ('audit'::regnamespace, 'report'::regnamespace, 'fleet'::regnamespace)
        and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`);
    for (const { name, rows, column, tenants } of found as unknown as Found[]) {
      const [first] = rows ? await db.superuser(`select to_json(t)::text as row from ${name} t limit 1`) : [];
      const of = tenants ? ` where tenant_id = 'a'` : '';
      relations.push({ name, column, ofTenants: tenants, of, row: (first?.['row'] as string | undefined) ?? null });
    }
    before = await stored();
  });
  afterAll(async () => {
    await db.superuser(`drop role ${Object.values(roles).join(', ')}`);
  });

  test('no table, view, key, grant or function is a way past the policies', async () => {
    expect(relations.length).toBeGreaterThan(45);
    expect(await db.store.withFleet(findLapses)).toEqual([]);
  });

  test.each(Object.keys(who))('%s reads, adds, changes and deletes nothing of a tenant', async (name) => {
    const attempt = who[name];
    if (attempt === undefined) throw new Error(`Nobody is called ${name}.`);
    const through: string[] = [];
    for (const relation of relations) {
      // What all tenants share is the program's own business; nobody else gets there either.
      if (!relation.ofTenants && !OUTSIDERS.has(name)) continue;
      for (const [verb, statement] of Object.entries(VERBS)) {
        const outcome = await attempt(statement(relation)).then(
          (rows) => `${rows.length} rows`,
          (error: unknown) => (error as { code?: string }).code ?? String(error),
        );
        if (!NOTHING.test(outcome)) through.push(`${verb} ${relation.name}: ${outcome}`);
      }
    }
    expect(through).toEqual([]);
    expect(await stored()).toEqual(before);
  });

  test.each([
    [
      'a table without a policy',
      'create table audit.late (tenant_id text primary key)',
      'audit.late does not bind everybody',
    ],
    ['a table without tenants', 'create table audit.late (id text primary key)', 'audit.late has no tenant_id'],
    [
      'a key that does not begin with the tenant',
      'create unique index late on audit.space (key, tenant_id)',
      'audit.late is a key',
    ],
    ['a table without a key', 'create table audit.late (tenant_id text)', 'audit.late has no key'],
    [
      'a reference without its tenant',
      'alter table audit.space add unique (space_id, tenant_id), add constraint late foreign key (homepage_id, tenant_id) references audit.space (space_id, tenant_id)',
      'late of audit.space refers',
    ],
    [
      'a view with its owner’s rights',
      'create view report.late as select * from audit.page',
      'report.late shows what its owner may see',
    ],
    [
      'a stored copy',
      'create materialized view report.late as select * from audit.page',
      'report.late shows what its owner may see',
    ],
    [
      'a policy for everybody',
      'create policy late on audit.page using (true)',
      'audit.page has a policy for everybody: late',
    ],
    [
      'policies that do not bind the owner',
      'alter table audit.page no force row level security',
      'audit.page does not bind everybody',
    ],
    ['a grant to everybody', 'grant select on report.run_log to public', 'report.run_log is open to everybody'],
    [
      'a way past a partitioned table',
      'grant select on audit.api_call_rest to audit_reader',
      'audit.api_call_rest is a partition',
    ],
    [
      'a reader that may write',
      'grant update on audit.finding to audit_reader',
      'audit.finding can be changed by audit_reader',
    ],
    ['a reader of what all share', 'grant select on fleet.pace to audit_reader', 'fleet.pace is shown to readers'],
    [
      'a worker that owns a table',
      'alter table audit.page owner to audit_worker',
      'audit.page belongs to audit_worker',
    ],
    [
      'a function with its owner’s rights',
      `create function audit.late() returns int language sql security definer as 'select 1'`,
      'audit.late() runs as its owner',
    ],
  ])('%s is noticed', async (_what, statement, lapse) => {
    await db.superuser('begin');
    const found = await db.superuser(statement).then(lapsesAsSuperuser, String);
    await db.superuser('rollback');
    expect(found).toContain(lapse);
  });

  const unchecked = (statement: SQL) => db.superuser(statementText(statement).text);
  /** In the transaction of the change, so that it can be taken back. */
  async function lapsesAsSuperuser(): Promise<string> {
    return (await findLapses({ rows: unchecked } as Tx)).join('\n');
  }
});
