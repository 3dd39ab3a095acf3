import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm/sql';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { once, onDatabase } from '../database.ts';

const all = expect.arrayContaining([expect.stringMatching(/^0000_/)]);

describe('opening Postgres', () => {
  const { superuserUrl, adminUrl, workerUrl } = inject('postgres');
  const cleanUp: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const step of cleanUp.splice(0)) await step();
  });

  /** A database with nothing in it, as its owner, the worker and the superuser reach it. */
  async function emptyDatabase() {
    const name = `audit_empty_${randomUUID().replaceAll('-', '')}`;
    await once(superuserUrl, `create database ${name} owner ${new URL(adminUrl).username}`);
    cleanUp.push(() => once(superuserUrl, `drop database ${name} with (force)`));
    return {
      admin: onDatabase(adminUrl, name),
      worker: onDatabase(workerUrl, name),
      superuser: onDatabase(superuserUrl, name),
    };
  }

  test('an empty database is prepared once, by the login that may', async () => {
    const { admin, worker, superuser } = await emptyDatabase();
    const first = await openStore({ databaseUrl: worker, adminUrl: admin });
    expect(first.applied).toEqual(all);
    await first.close();
    const again = await openStore({ databaseUrl: worker });
    expect(again.applied).toEqual([]);
    await again.close();
    const [owner] = await once(
      superuser,
      `select bool_or(rolsuper) as super, bool_or(pg_has_role('${new URL(worker).username}', relowner, 'member')) as owns
       from pg_class join pg_roles r on r.oid = relowner where relnamespace = 'audit'::regnamespace`,
    );
    expect(owner).toEqual({ super: false, owns: false });
  });

  test('two processes may prepare the same empty database at the same moment', async () => {
    const { admin, worker } = await emptyDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ databaseUrl: worker, adminUrl: admin })));
    expect(stores.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('the worker prepares the database itself where its login may', async () => {
    const { admin } = await emptyDatabase();
    const store = await openStore({ databaseUrl: admin });
    expect(store.applied).toEqual(all);
    await store.close();
  });

  test('a login that may not prepare it says so and changes nothing', async () => {
    const { worker, superuser } = await emptyDatabase();
    await expect(openStore({ databaseUrl: worker })).rejects.toMatchObject({ code: 'database-unprepared' });
    expect(
      await once(superuser, `select nspname from pg_namespace where nspname in ('audit', 'fleet', 'report')`),
    ).toEqual([]);
  });

  test('a login that was not given the roles is refused, and admitted by the administrator', async () => {
    const { admin, worker, superuser } = await emptyDatabase();
    await (await openStore({ databaseUrl: worker, adminUrl: admin })).close();
    const login = `audit_stranger_${randomUUID().slice(0, 8)}`;
    await once(superuser, `create role ${login} login password 'x'`);
    cleanUp.push(() => once(superuserUrl, `drop role ${login}`));
    const stranger = new URL(worker);
    stranger.username = login;
    stranger.password = 'x';
    await expect(openStore({ databaseUrl: stranger.href })).rejects.toMatchObject({ code: 'database-unprepared' });
    await (await openStore({ databaseUrl: stranger.href, adminUrl: admin })).close();
    await (await openStore({ databaseUrl: stranger.href })).close();
  });

  test('a schema that a newer program made is refused', async () => {
    const { admin, worker, superuser } = await emptyDatabase();
    await (await openStore({ databaseUrl: worker, adminUrl: admin })).close();
    await once(superuser, `insert into fleet.migration (tag, hash, made_at) values ('9999_later', '', 99999999999999)`);
    await expect(openStore({ databaseUrl: worker, adminUrl: admin })).rejects.toMatchObject({
      code: 'schema-newer',
      message: expect.stringContaining('9999_later'),
    });
  });

  test('views of an older program are made anew, without touching the tables', async () => {
    const { admin, worker, superuser } = await emptyDatabase();
    await (await openStore({ databaseUrl: worker, adminUrl: admin })).close();
    await once(superuser, `drop view report.run_log; update fleet.prepared set hash = 'of an older program'`);
    const store = await openStore({ databaseUrl: worker, adminUrl: admin });
    expect(store.applied).toEqual([]);
    expect(await store.withFleet((tx) => tx.rows(sql`select * from report.run_log`))).toEqual([]);
    await store.close();
  });

  test('history of this month and the next two has partitions of its own', async () => {
    const { admin, worker, superuser } = await emptyDatabase();
    await (await openStore({ databaseUrl: worker, adminUrl: admin })).close();
    const partitions = await once(
      superuser,
      `select parent.relname as parent, count(*)::integer as months
       from pg_inherits join pg_class parent on parent.oid = inhparent join pg_class part on part.oid = inhrelid
       where part.relname ~ '_\\d{4}_\\d{2}$' and parent.relkind = 'p' group by 1 order by 1`,
    );
    expect(partitions).toEqual([
      { parent: 'admin_act', months: 3 },
      { parent: 'api_call', months: 3 },
      { parent: 'finding_event', months: 3 },
    ]);
  });

  test('a database in which tenants are not kept apart is not opened', async () => {
    const { admin, worker } = await emptyDatabase();
    await (await openStore({ databaseUrl: worker, adminUrl: admin })).close();
    await once(admin, 'create view report.shortcut as select * from audit.page');
    await expect(openStore({ databaseUrl: worker, adminUrl: admin })).rejects.toMatchObject({
      code: 'isolation-broken',
      message: expect.stringContaining('report.shortcut shows what its owner may see'),
    });
  });

  test('a server that is not there is named without the password', async () => {
    const attempt = openStore({ databaseUrl: 'postgres://auditor:canary-password@127.0.0.1:1/inventory' });
    const error: unknown = await attempt.catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'database-unreachable',
      message: expect.stringMatching(/inventory on 127\.0\.0\.1:1 as auditor: .*ECONNREFUSED/),
    });
    const text = `${String(error)} ${JSON.stringify(error)} ${(error as Error).stack}`;
    expect(text).not.toContain('canary-password');
  });

  test('a database that does not exist is named', async () => {
    await expect(openStore({ databaseUrl: onDatabase(workerUrl, 'no_such_database') })).rejects.toMatchObject({
      code: 'database-unreachable',
      message: expect.stringContaining('does not exist'),
    });
  });
});

describe('opening the embedded database', () => {
  test('a new directory is prepared, kept, and opened again without work', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'audit-embedded-'));
    try {
      const first = await openStore({ dataDir });
      expect(first.applied).toEqual(all);
      await first.withTenant('a', (tx) =>
        tx.rows(sql`insert into tenant (tenant_id, site, enabled, auth_type, updated_at)
          values ('a', 'https://a.example', true, 'basic', ${tx.now})`),
      );
      await first.close();
      const second = await openStore({ dataDir });
      expect(second.applied).toEqual([]);
      expect(await second.withFleet((tx) => tx.rows(sql`select site from tenant`))).toEqual([
        { site: 'https://a.example' },
      ]);
      await second.close();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
