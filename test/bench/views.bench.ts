import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recount } from '../../src/store/counts.ts';
import { REPORT_VIEWS, readView, type ReportView } from '../../src/store/report-views.ts';
import { sql } from '../../src/store/sql.ts';
import { openPostgres } from '../database.ts';
import { fillFleet, tenantOf } from '../store/large-fleet.ts';
import { type Explained, LARGE as LARGE_TABLES, readWhole } from '../store/plans.ts';
import { given, median, rounds, tell } from './figures.ts';

const SIZE = {
  tenants: given('BENCH_TENANTS', 1_000),
  findings: given('BENCH_FINDINGS', 1_000_000),
  days: given('BENCH_DAYS', 180),
};
const ORDINARY = tenantOf(7);
const LARGE = tenantOf(0);
const GOAL = { tenant: 50, fleet: 500 };

const counted = (view: ReportView) => `select tenant_id, count(*) from report.${view} group by 1`;
const whole = (view: ReportView) => `select * from report.${view}`;

/** What is asked of all tenants at once: rows of a tenant or space as they are, findings counted, time as the dashboards show it. */
const FLEET: Readonly<Record<ReportView, string>> = {
  open_findings: 'select rule_id, severity, count(*) from report.open_findings group by 1, 2',
  stale_runbooks: counted('stale_runbooks'),
  attachment_findings: counted('attachment_findings'),
  restriction_findings: counted('restriction_findings'),
  new_since_last_run: counted('new_since_last_run'),
  unjudged: counted('unjudged'),
  muted_findings: counted('muted_findings'),
  expiring_mutes: counted('expiring_mutes'),
  finding_history: `select event, count(*) from report.finding_history where at > now() - interval '7 days' group by 1`,
  tenant_health: whole('tenant_health'),
  tenant_scorecard: whole('tenant_scorecard'),
  space_scorecard: whole('space_scorecard'),
  owner_worklist: 'select tenant_id, owner_account_id, count(*) from report.owner_worklist group by 1, 2',
  daily_trend: `select day, severity, sum(open) from report.daily_trend where day > current_date - 90 group by 1, 2`,
  run_log: `select outcome, count(*), sum(requests) from report.run_log where started_at > now() - interval '30 days' group by 1`,
  coverage: whole('coverage'),
  planned_actions: counted('planned_actions'),
  executed_actions: counted('executed_actions'),
  token_expiry: whole('token_expiry'),
  api_usage: 'select day, sum(requests), max(estimated_rate_used) from report.api_usage group by 1',
};

let db: Awaited<ReturnType<typeof openPostgres>>;
const reader = `reader_${randomUUID().slice(0, 8)}`;

beforeAll(async () => {
  db = await openPostgres();
  const began = performance.now();
  await fillFleet(db, SIZE);
  const grants = [...new Set([ORDINARY, LARGE])].map((tenant) => `('${reader}', '${tenant}')`);
  await db.superuser(`create role ${reader}`);
  await db.superuser(`grant audit_reader to ${reader}`);
  await db.superuser(`insert into fleet.reader_grant values ${grants.join(', ')}`);
  const [{ size } = {}] = await db.superuser('select pg_size_pretty(pg_database_size(current_database())) as size');
  tell(`${JSON.stringify(SIZE)}: ${String(size)}, filled in ${Math.round((performance.now() - began) / 1000)} s`);
}, 1_800_000);
afterAll(async () => {
  await db?.superuser(`drop role ${reader}`);
  await db?.close();
  // All of it is searched for secrets first.
}, 1_800_000);

/** As somebody with a grant, past the program. */
async function asReader<T>(statement: string): Promise<T[]> {
  await db.superuser('begin');
  try {
    await db.superuser(`set local role ${reader}`);
    return (await db.superuser(statement)) as T[];
  } finally {
    await db.superuser('rollback');
  }
}

const throughDoor = <T extends object>(statement: string, tenantId?: string): Promise<T[]> =>
  db.store.withFleet((tx) => tx.rows<T>(sql.raw(statement)), tenantId === undefined ? {} : { tenantId });

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds(5); round += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return median(times);
}

/** Milliseconds of CPU that the processes of this database have had, which other work does not lengthen; those of parallel workers aside. */
async function cpu(): Promise<number> {
  const backends = await db.superuser('select pid from pg_stat_activity where datname = current_database()');
  const spent = backends.map(({ pid }) => readFileSync(`/proc/${String(pid)}/schedstat`, 'utf8').split(' ')[0]);
  return spent.reduce((sum, nanoseconds) => sum + Number(nanoseconds) / 1e6, 0);
}

const ms = (time: number): string => time.toFixed(time < 10 ? 1 : 0).padStart(7);

test('milliseconds of each view for one tenant: as the report command reads it, of a large tenant, and as somebody with a grant', async () => {
  const slow: string[] = [];
  for (const view of REPORT_VIEWS) {
    const ofOne = `${whole(view)} where tenant_id = '${ORDINARY}'`;
    const { rows } = await readView(db.store, view, { tenantId: ORDINARY });
    const door = await timed(() => readView(db.store, view, { tenantId: ORDINARY }));
    const large = await timed(() => readView(db.store, view, { tenantId: LARGE }));
    const granted = await timed(() => asReader(ofOne));
    const tables = await db.superuser(LARGE_TABLES);
    const scans = [
      ...readWhole(await throughDoor<Explained>(`explain (format json) ${ofOne}`, ORDINARY), tables),
      ...readWhole(await asReader<Explained>(`explain (format json) ${ofOne}`), tables),
    ];
    tell(
      `${view.padEnd(21)} ${ms(door)} ms ${ms(large)} ms ${ms(granted)} ms  ${rows.length} rows ${scans.length > 0 ? `reads all of ${scans.join(', ')}` : ''}`,
    );
    if (scans.length > 0 || door > GOAL.tenant) slow.push(view);
  }
  expect(slow).toEqual([]);
});

test('milliseconds that the end of a run counts, of an ordinary and of a large tenant', async () => {
  for (const [tenant, goal] of [
    [ORDINARY, 200],
    [LARGE, 5_000],
  ] as const) {
    const time = await timed(() => db.store.withTenant(tenant, recount));
    tell(`recount ${tenant.padEnd(13)} ${ms(time)} ms`);
    expect(time).toBeLessThan(goal);
  }
});

test('milliseconds of each view for the fleet', async () => {
  const slow: string[] = [];
  for (const view of REPORT_VIEWS) {
    const rows = await throughDoor(FLEET[view]);
    const before = await cpu();
    const time = await timed(() => throughDoor(FLEET[view]));
    const each = ((await cpu()) - before) / rounds(5);
    tell(`${view.padEnd(21)} ${ms(time)} ms, ${ms(each)} ms of CPU  ${rows.length} rows`);
    if (time > GOAL.fleet) slow.push(view);
  }
  expect(slow).toEqual([]);
});
