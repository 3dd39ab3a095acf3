import { sql } from 'drizzle-orm/sql';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FLEET } from '../../src/domain/act.ts';
import {
  agedParts,
  pruneAlerts,
  dropPart,
  pruneEmptyPlans,
  pruneHours,
  prunePaces,
  prunePoints,
  pruneSteps,
  pruneSuperseded,
} from '../../src/store/prune.ts';
import { eachDatabase, openPostgres, type TestDatabase } from '../database.ts';
import { fillTenant } from './full-tenant.ts';
import { makeMonth, monthAgo, partsOf } from './history.ts';

const RETENTION = { trailDays: 90, findingDays: null };

/** Another write like `w2`, in a plan of its own. */
const copy = (id: string, days: number, state: string) => `insert into audit.page_write
  select (json_populate_record(w, json_build_object('write_id', '${id}', 'plan_id', '${id}', 'state', '${state}',
    'planned_at', now() - interval '${days} days'))).* from audit.page_write w where write_id = 'w2'`;

/** The beginning of an hour so many hours ago. */
const hour = (hours: number) => `date_trunc('hour', now()) - interval '${hours} hours'`;

eachDatabase('pruning', (open) => {
  let db: TestDatabase;
  const aged = (retention: Parameters<typeof agedParts>[1] = RETENTION) =>
    db.store.withFleet((tx) => agedParts(tx, retention)).then((parts) => parts.map(({ part }) => part));
  const drop = (part: string, keepDays: number) => db.store.withTenant(FLEET, (tx) => dropPart(tx, { part, keepDays }));

  beforeAll(async () => {
    db = await open();
    // As opening the database does.
    await db.superuser('select audit.ensure_partitions(2)');
    await fillTenant(db, 'a');
    for (const parent of ['api_call', 'admin_act', 'finding_event']) {
      for (const days of [400, 200]) await makeMonth(db, parent, days);
    }
  });

  test('names the months that lie wholly beyond the retention, the oldest first; findings only when asked', async () => {
    const [old, newer] = [monthAgo(400).name, monthAgo(200).name];
    const trail = [`admin_act_${old}`, `api_call_${old}`, `admin_act_${newer}`, `api_call_${newer}`];
    expect(await aged()).toEqual(trail);
    expect(await aged({ trailDays: 300, findingDays: 300 })).toEqual([
      `admin_act_${old}`,
      `api_call_${old}`,
      `finding_event_${old}`,
    ]);
    expect(await aged({ trailDays: 3_000, findingDays: null })).toEqual([]);
  });

  test('drops a month whole, and a second time does nothing', async () => {
    const part = `api_call_${monthAgo(400).name}`;
    expect(await partsOf(db, 'api_call')).toContain(part);
    expect([await drop(part, 90), await drop(part, 90)]).toEqual([0, 0]);
    expect(await partsOf(db, 'api_call')).not.toContain(part);
  });

  test('nothing younger than its retention can be dropped, nor than 30 days, whoever asks', async () => {
    const part = `finding_event_${monthAgo(200).name}`;
    const now = `api_call_${monthAgo(0).name}`;
    await drop(part, 300);
    await drop(now, 0);
    await drop(now, -1_000);
    expect(await partsOf(db, 'finding_event')).toContain(part);
    expect(await partsOf(db, 'api_call')).toContain(now);
  });

  test.each(['page', 'api_call', 'api_call_2020_01; drop table audit.page', 'pg_class'])(
    'is no way to drop %s',
    async (name) => {
      await expect(drop(name, 90)).rejects.toThrow('No history');
    },
  );

  test('rows of a time without a month go singly, and only those that are due', async () => {
    await db.superuser(`insert into audit.api_call (tenant_id, at, call_id, run_id, method, endpoint, attempts, waited_ms, duration_ms)
      select 'a', now() - make_interval(days => n), 'rest-' || n, 'r', 'GET', '/', 1, 0, 0 from unnest(array[700, 800, 60]) n`);
    expect(await aged()).toContain('api_call_rest');
    expect([await drop('api_call_rest', 90), await drop('api_call_rest', 90)]).toEqual([2, 0]);
    expect(await db.superuser(`select call_id from audit.api_call where call_id like 'rest-%'`)).toEqual([
      { call_id: 'rest-60' },
    ]);
    const forced = `select relforcerowsecurity as forced from pg_class where relname = 'api_call_rest'`;
    expect(await db.superuser(forced)).toEqual([{ forced: true }]);
  });

  test('checkpoints go once their run has ended two days ago, those of other runs stay', async () => {
    await db.superuser(`update audit.run set finished_at = now() - interval '3 days' where run_id = 'r1'`);
    await db.superuser(`insert into audit.run (tenant_id, run_id, mode, trigger, "full", config_hash, started_at, lease_owner, lease_until)
      values ('a', 'r2', 'plan', 'manual', true, 'c', now() - interval '9 days', 'w', now())`);
    await db.superuser(
      `insert into audit.walk_step (tenant_id, run_id, walk, step, at) values ('a', 'r2', 'pages', 0, now())`,
    );
    const prune = () => db.store.withTenant('a', pruneSteps);
    expect([await prune(), await prune()]).toEqual([1, 0]);
    expect(await db.superuser('select run_id from audit.walk_step')).toEqual([{ run_id: 'r2' }]);
  });

  test('of alerts go those that ended long ago; one that waits stays', async () => {
    await db.superuser(`insert into audit.alert (tenant_id, alert_id, receiver, run_ids, state, created_at, due_at, settled_at)
      select 'a', 'n' || days || state, 'slack', '{r1}', state, now(), now(), now() - make_interval(days => days)
      from unnest(array[100, 80]) days, unnest(array['sent', 'dead', 'empty']) state`);
    const prune = () => db.store.withTenant('a', (tx) => pruneAlerts(tx, 90));
    expect([await prune(), await prune()]).toEqual([3, 0]);
    expect(await db.superuser('select state from audit.alert order by state')).toEqual(
      ['dead', 'empty', 'sent', 'waiting'].map((state) => ({ state })),
    );
  });

  test('of plans go the writes that were superseded long ago, then the empty plans; the ledger stays', async () => {
    for (const [id, days, state] of [
      ['old', 100, 'superseded'],
      ['young', 10, 'superseded'],
      ['tried', 100, 'failed'],
    ] as const) {
      await db.superuser(
        `insert into audit.plan (tenant_id, plan_id, run_id, created_at) values ('a', '${id}', 'r1', now() - interval '${days} days')`,
      );
      await db.superuser(copy(id, days, state));
    }
    const [writes, plans] = [
      await db.store.withTenant('a', (tx) => pruneSuperseded(tx, 90)),
      await db.store.withTenant('a', (tx) => pruneEmptyPlans(tx, 90)),
    ];
    expect({ writes, plans }).toEqual({ writes: 1, plans: 1 });
    const left = await db.superuser(`select plan_id from audit.plan order by plan_id`);
    expect(left.map(({ plan_id: id }) => id)).toEqual(['p1', 'tried', 'young']);
  });

  test('of the points go those of hours that are over, of the apps’ hours those that shut nobody out any more', async () => {
    await db.superuser(`insert into audit.app_points (tenant_id, app_id, hour, points)
      values ('a', 'app', ${hour(50)}, 5), ('a', 'app', ${hour(40)}, 5)`);
    await db.superuser(`insert into fleet.app_hour (app_id, hour, points, closed_until) values ('app', ${hour(50)}, 5, null),
      ('app', ${hour(60)}, 5, now() + interval '1 hour'), ('app', ${hour(40)}, 5, null), ('app', ${hour(70)}, 5, ${hour(69)})`);
    const points = () => db.store.withTenant('a', prunePoints);
    const hours = () => db.store.withCommons(pruneHours);
    expect([await points(), await points(), await hours(), await hours()]).toEqual([1, 0, 2, 0]);
    const left = `select (extract(epoch from date_trunc('hour', now()) - hour) / 3600)::integer as hours from fleet.app_hour order by 1`;
    expect(await db.superuser(left)).toEqual([{ hours: 40 }, { hours: 60 }]);
  });

  test('a pace goes once nobody has used it for a month', async () => {
    await db.superuser(`insert into fleet.pace (pace_key, state, updated_at)
      values ('old', '{}', now() - interval '31 days'), ('used', '{}', now() - interval '29 days')`);
    const prune = () => db.store.withCommons(prunePaces);
    expect([await prune(), await prune()]).toEqual([1, 0]);
    expect(await db.superuser('select pace_key from fleet.pace')).toEqual([{ pace_key: 'used' }]);
  });

  test('another tenant’s rows are out of reach', async () => {
    expect(await db.store.withTenant('b', (tx) => pruneSuperseded(tx, 0))).toBe(0);
    expect(await db.superuser(`select 1 from audit.page_write where state = 'superseded'`)).toHaveLength(1);
  });
});

describe('pruning beside others (Postgres)', () => {
  test('waits five seconds for a month in use, then says so and lets everybody go on', async () => {
    const db = await openPostgres();
    onTestFinished(() => db.close());
    const part = await makeMonth(db, 'api_call', 200);
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const reader = db.store.withFleet(async (tx) => {
      await tx.rows(sql`select 1 from api_call`);
      begin();
      await mayEnd;
    });
    await begun;
    const drop = () => db.store.withTenant(FLEET, (tx) => dropPart(tx, { part, keepDays: 90 }));
    await expect(drop()).rejects.toMatchObject({ code: 'database-busy' });
    end();
    await reader;
    await drop();
    expect(await partsOf(db, 'api_call')).not.toContain(part);
  });
});
