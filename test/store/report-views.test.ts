import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { REPORT_VIEWS, readView, type ReportView } from '../../src/store/report-views.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { describedViews } from './described-views.ts';
import { settableClock } from './examples.ts';
import { fillTenant } from './full-tenant.ts';

const clock = settableClock('2026-03-10T12:00:00Z');

eachDatabase('report views', (open) => {
  let db: TestDatabase;
  const one = async (view: ReportView, tenantId: string) => {
    const { columns, rows } = await readView(db.store, view, { tenantId });
    expect(rows).toHaveLength(1);
    return Object.fromEntries(columns.map((column, i) => [column, rows[0]?.[i]]));
  };

  beforeAll(async () => {
    db = await open({ now: clock.now });
    await fillTenant(db, 'full');
  });

  test('schema report holds these views and nothing else, each with all its comments', async () => {
    const views = await db.superuser(`
      select c.relname::text as name, obj_description(c.oid) is not null
        and bool_and(col_description(c.oid, a.attnum) is not null) as explained
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = 'report'::regnamespace group by c.oid, c.relname order by c.relname collate "C"`);
    expect(views).toEqual(REPORT_VIEWS.toSorted().map((name) => ({ name, explained: true })));
  });

  test('every explained column exists', async () => {
    const text = readFileSync(new URL('../../drizzle/report/zz-comments.sql', import.meta.url), 'utf8');
    const words = JSON.parse(text.split('$words$')[1] ?? '') as Record<string, string>;
    const views = await describedViews(db);
    const exists = views.flatMap(({ name, columns }) =>
      columns.flatMap((column) => [column.name, `${name}.${column.name}`]),
    );
    expect(Object.keys(words).filter((name) => !exists.includes(name))).toEqual([]);
  });

  test('a stale runbook shows its clock, its limit and when it was labelled', async () => {
    await db.superuser(`update audit.page set fresh_at = '2026-03-10T11:59:59Z'::timestamptz - interval '200 days'`);
    expect(await one('stale_runbooks', 'full')).toMatchObject({
      age_days: 200,
      fail_days: 180,
      fresh_because: 'human-edit',
      owner_name: 'Ann',
      labelled_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  test('an attachment finding names its file, with its size as a number', async () => {
    expect(await one('attachment_findings', 'full')).toMatchObject({ file_name: 'run.exe', file_size: 5 });
  });

  test('a restriction finding says who may read, what blocks the others, and how that is known', async () => {
    expect(await one('restriction_findings', 'full')).toMatchObject({
      readers: ['ann'],
      blocked_by_page_id: '1',
      how_known: 'restrictions',
    });
  });

  test('a finding is new until a later run has finished without opening it again', async () => {
    expect((await one('new_since_last_run', 'full'))['finding_id']).toBe('f1');
    const finish = (id: string, outcome: string) =>
      db.superuser(
        `insert into audit.run (tenant_id, run_id, mode, trigger, "full", config_hash, outcome, started_at, finished_at,
           lease_owner, lease_until) values ('full', $1, 'plan', 'manual', true, 'c', $2, now(), now(), 'w', now())`,
        [id, outcome],
      );
    await finish('skipped-one', 'skipped');
    expect((await readView(db.store, 'new_since_last_run')).rows).toHaveLength(1);
    await finish('later', 'complete');
    expect((await readView(db.store, 'new_since_last_run')).rows).toHaveLength(0);
  });

  test.each([
    ['all walked', [['walked', 90, 100, 0, 0]], 100],
    ['a page missing of very many', [['walked', 9999, 9999, 0, 1]], 99],
    [
      'a space cut short',
      [
        ['walked', 50, 50, 0, 0],
        ['partial', 10, 50, 0, 0],
      ],
      60,
    ],
    [
      'a space refused that nobody ever saw',
      [
        ['walked', 9, 9, 0, 0],
        ['refused', 0, 0, 0, 0],
      ],
      90,
    ],
    [
      'an excluded space does not count',
      [
        ['walked', 1, 1, 0, 0],
        ['excluded', 0, 70, 0, 0],
      ],
      100,
    ],
  ] as const)('coverage with %s', async (name, spaces, percent) => {
    await db.superuser(
      `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at) values ($1, 'https://x', true, 'basic', now())`,
      [name],
    );
    for (const [i, [state, seen, last, degraded, missing]] of spaces.entries()) {
      await db.superuser(
        `insert into audit.space (tenant_id, space_id, key, name, type, status, state, pages_seen, pages_last_time, degraded,
           missing, updated_at) values ($1, $2, $2, 'x', 'global', 'current', $3, $4, $5, $6, $7, now())`,
        [name, `S${i}`, state, seen, last, degraded, missing],
      );
    }
    expect((await one('tenant_health', name))['coverage_percent']).toBe(percent);
  });

  test.each([
    ['is due later', '2026-03-11T02:00:00Z', 0],
    ['is late, but its successor is not due', '2026-03-10T02:00:00Z', 0],
    ['was due three nights ago', '2026-03-07T02:00:00Z', 3],
  ])('missed runs where the next run %s', async (name, next, missed) => {
    await db.superuser(
      `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at, last_slot_at, next_run_at)
       values ($1, 'https://x', true, 'basic', now(), $2::timestamptz - interval '1 day', $2)`,
      [name, next],
    );
    expect((await one('tenant_health', name))['missed_runs']).toBe(missed);
  });

  test('the trend counts what was open at the end of each day', async () => {
    await db.superuser(
      `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at) values ('trend', 'https://x', true, 'basic', now())`,
    );
    const events = [
      ['2026-03-07T10:00:00Z', 'opened', 'x'],
      ['2026-03-07T11:00:00Z', 'opened', 'y'],
      ['2026-03-09T10:00:00Z', 'resolved', 'x'],
      ['2026-03-10T10:00:00Z', 'reopened', 'x'],
      ['2026-03-10T11:00:00Z', 'out_of_scope', 'y'],
    ];
    for (const [id, state] of [
      ['x', 'open'],
      ['y', 'out_of_scope'],
    ]) {
      await db.superuser(
        `insert into audit.finding (tenant_id, finding_id, rule_id, subject_type, subject_id, page_id, space_id, space_key,
           content_type, page_title, severity, status, state, confidence, reason, remediation, first_seen_at, last_seen_at,
           first_run_id, run_id)
         values ('trend', $1, 'r', 'page', $1, $1, 'S', 'S', 'page', 'T', 'low', 'fail', $2, 'full', 'R.', 'R.', now(), now(), 'r', 'r')`,
        [id, state],
      );
    }
    for (const [at, event, id] of events) {
      await db.superuser(
        `insert into audit.finding_event (tenant_id, at, event_id, finding_id, rule_id, event) values ('trend', $1, $2, $3, 'r', $2)`,
        [at, event, id],
      );
    }
    const { rows } = await readView(db.store, 'daily_trend', { tenantId: 'trend' });
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['2026-03-07', 'low', 2, 2, 0],
      ['2026-03-08', 'low', 2, 0, 0],
      ['2026-03-09', 'low', 1, 0, 1],
      ['2026-03-10', 'low', 1, 1, 0],
    ]);
  });

  test('the days that a token has left count down from the clock of the store', async () => {
    await db.superuser(`update audit.tenant set token_expires_at = '2026-03-20T13:00:00Z' where tenant_id = 'full'`);
    expect(await one('token_expiry', 'full')).toMatchObject({ expires_at: '2026-03-20T13:00:00Z', days_left: 10 });
  });
});
