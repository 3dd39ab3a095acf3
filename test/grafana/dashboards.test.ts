import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PASSWORD } from '../canary/canary.ts';
import { openPostgres } from '../database.ts';
import { fillTenant } from '../store/full-tenant.ts';
import { expand } from './expand.ts';

interface Query {
  readonly rawSql: string;
  readonly format: 'table' | 'time_series';
  readonly datasource: { readonly uid: string };
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly Query[];
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
}

const folder = new URL('../../config/grafana/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
const dashboards = readdirSync(new URL('dashboards/', folder)).map(
  (file) => JSON.parse(read(`dashboards/${file}`)) as Dashboard,
);
const DAY_MS = 86_400_000;
const range = { from: new Date(Date.now() - 30 * DAY_MS), to: new Date(Date.now() + DAY_MS) };
const queries = dashboards.flatMap(({ title, panels }) =>
  panels.flatMap((panel) => panel.targets.map((query) => [title, panel.title, { query, panel }] as const)),
);

let database: Awaited<ReturnType<typeof openPostgres>>;
let reader: Client;
const role = `grafana_${randomUUID().slice(0, 8)}`;
beforeAll(async () => {
  database = await openPostgres();
  for (const tenant of ['a', 'b']) await fillTenant(database, tenant);
  await database.superuser(`
    insert into audit.run (tenant_id, run_id, mode, trigger, "full", config_hash, outcome, reason, started_at, finished_at, lease_owner, lease_until)
    select tenant_id, 'r2', 'plan', 'schedule', false, 'c', 'failed', 'unreachable', now(), now(), 'w', now() from audit.tenant`);
  await database.superuser(`create role ${role} login password '${PASSWORD}'`);
  await database.superuser(`grant audit_reader to ${role}`);
  await database.superuser(`insert into fleet.reader_grant values ('${role}', 'a')`);
  const url = new URL(database.url ?? '');
  url.username = role;
  url.password = PASSWORD;
  reader = new Client({ connectionString: url.href });
  await reader.connect();
});
afterAll(async () => {
  await reader.end();
  await database.superuser(`drop role ${role}`);
  await database.close();
});

const ask = (sql: string, tenant = 'a') => reader.query(expand(sql, { ...range, variables: { tenant } }));

describe.each(queries)('%s: %s', (_dashboard, title, { query }) => {
  test('is answered to a reader, with what that reader may see', async () => {
    const { rows } = await ask(query.rawSql);
    expect(rows.length).toBeGreaterThan(0);
    const tenants = rows.flatMap((row: Record<string, unknown>) => ('tenant_id' in row ? [row['tenant_id']] : []));
    expect(new Set(tenants).difference(new Set(['a'])).size).toBe(0);
  });

  test('asks the reports alone, within bounds', () => {
    expect(query.rawSql).toMatch(/ from report\.\w+( |$)/);
    expect(query.rawSql).not.toMatch(/\b(?:audit|fleet|pg_\w+|information_schema)\b/);
    expect(query.datasource.uid).toBe('docaudit');
    expect(title).not.toBe('');
  });
});

test.each(queries.filter(([, , { query }]) => query.format === 'time_series'))(
  '%s: %s is a series over the range that is shown',
  async (_dashboard, _title, { query: { rawSql } }) => {
    const { fields } = await ask(rawSql);
    // timestamptz; Grafana wants the column to be called so.
    expect([fields[0]?.name, fields[0]?.dataTypeID]).toEqual(['time', 1184]);
    const longAgo = { from: new Date(0), to: new Date(1), variables: { tenant: 'a' } };
    expect((await reader.query(expand(rawSql, longAgo))).rows).toEqual([]);
  },
);

test.each(queries.filter(([, , { panel }]) => panel.type === 'table'))(
  '%s: %s ends somewhere',
  (_dashboard, _title, { query }) => {
    expect(query.rawSql).toMatch(/ limit \d{2,4}$/);
  },
);

test('the list of tenants is that of the reader, and a name cannot leave its quotes', async () => {
  const [variable] = dashboards.flatMap(({ templating }) => templating.list);
  expect((await ask(variable?.query ?? '')).rows).toEqual([{ tenant_id: 'a' }]);
  const ofOne = queries.filter(
    ([
      ,
      ,
      {
        query: { rawSql },
      },
    ]) => rawSql.includes('${tenant'),
  );
  expect(ofOne.length).toBeGreaterThan(10);
  for (const [
    ,
    ,
    {
      query: { rawSql },
    },
  ] of ofOne)
    expect((await ask(rawSql, "a' or '1' = '1")).rows).toEqual([]);
});

test('panels have ids of their own and do not lie on each other', () => {
  expect(dashboards.map(({ uid }) => uid).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'docaudit-fleet',
    'docaudit-operator',
    'docaudit-tenant',
  ]);
  for (const { panels } of dashboards) {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}:${y + Math.floor(cell / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  }
});

test('what is provisioned fits together', () => {
  const sources = parse(read('provisioning/datasources/audit.yaml')) as {
    datasources: { uid: string; secureJsonData: { password: string } }[];
  };
  expect(sources.datasources).toMatchObject([{ uid: 'docaudit', type: 'grafana-postgresql-datasource' }]);
  expect(sources.datasources[0]?.secureJsonData.password).toBe('$__file{/run/secrets/grafana_reader}');
  const { services } = parse(readFileSync(new URL('../../compose.yaml', import.meta.url), 'utf8'), { merge: true }) as {
    services: { grafana: { profiles: string[]; volumes: { source: string; target: string }[]; environment: object } };
  };
  const { profiles, volumes, environment } = services.grafana;
  expect(profiles).toEqual(['grafana']);
  const mounted = new Map(volumes.map(({ source, target }) => [source, target]));
  const provider = parse(read('provisioning/dashboards/audit.yaml')) as { providers: { options: { path: string } }[] };
  expect(mounted.get('./config/grafana/dashboards')).toBe(provider.providers[0]?.options.path);
  expect(mounted.get('./config/grafana/provisioning')).toBe('/etc/grafana/provisioning');
  const named = [...read('provisioning/datasources/audit.yaml').matchAll(/\$([A-Z_]+)$/gm)].map(([, name]) => name);
  expect(named.length).toBe(4);
  expect(Object.keys(environment)).toEqual(expect.arrayContaining(named));
});

test.each(['select $__interval', 'select $__timeGroup(a, b)', 'select $tenant', 'select ${other:sqlstring}'])(
  'the tests know when something is left: %s',
  (sql) => {
    expect(() => expand(sql, { ...range, variables: { tenant: 'a' } })).toThrow(/left|no macro|no variable/);
  },
);
