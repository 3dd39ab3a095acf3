import { beforeAll, expect, test } from 'vitest';
import { readReportContent } from '../../src/store/report-content.ts';
import { readView } from '../../src/store/report-views.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { fillTenant } from './full-tenant.ts';

eachDatabase('the content of the whole report', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
    await fillTenant(db, 'acme');
    await fillTenant(db, 'globex');
    await db.superuser(
      `update audit.finding set rule_id = 'stale-page' where tenant_id = 'globex' and finding_id = 'f1'`,
    );
    await db.superuser(`insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at)
      values ('unseen', 'https://u', true, 'basic', now())`);
  });

  test('says of the fleet what the views say', async () => {
    const content = await readReportContent(db.store);
    const { rows } = await readView(db.store, 'open_findings');
    expect(content.findings).toHaveLength(rows.length);
    expect(content.counts.reduce((sum, { open: some }) => sum + some, 0)).toBe(rows.length);
    expect(content.fleetCounts).toEqual([
      { rule: 'stale-page', severity: 'high', open: 1 },
      { rule: 'stale-runbook', severity: 'high', open: 1 },
      { rule: 'unreadable-runbook', severity: 'critical', open: 2 },
    ]);
    expect(
      content.tenants.map(({ id, critical, high, muted, unjudged, planned }) => [
        id,
        critical,
        high,
        muted,
        unjudged,
        planned,
      ]),
    ).toEqual([
      ['acme', 1, 1, 1, 1, 1],
      ['globex', 1, 1, 1, 1, 1],
      ['unseen', 0, 0, 0, 0, 0],
    ]);
    expect(content.tenants[2]).toMatchObject({ asOf: null, outcome: null, coverage: null, share: null });
    expect(content.findings[0]).toMatchObject({
      tenantId: 'acme',
      rule: 'unreadable-runbook',
      severity: 'critical',
      space: 'OPS',
    });
    expect(content.owners).toContainEqual({ tenantId: 'acme', ownerId: 'ann', name: 'Ann', severity: 'high', open: 1 });
    expect(content.spaces[0]).toMatchObject({ tenantId: 'acme', key: 'OPS', state: 'walked', pagesSeen: 1 });
    expect(content.muted[0]).toMatchObject({ reason: 'Known.', by: 'ann', findings: 1 });
    expect(content.unjudged[0]).toMatchObject({ rule: 'orphan-page', status: 'skip', subjects: 1, title: 'One' });
    expect(content.runs.map(({ tenantId, outcome }) => [tenantId, outcome])).toEqual([
      ['acme', 'complete'],
      ['globex', 'complete'],
    ]);
  });

  test('the trend of the fleet adds up those of its tenants, and ends with the latest audit', async () => {
    const { trend } = await readReportContent(db.store);
    const high = trend
      .filter(({ severity }) => severity === 'high')
      .map(({ tenantId, open: some }) => [tenantId, some]);
    expect(high).toEqual([
      [null, 2],
      ['acme', 1],
      ['globex', 1],
    ]);
    await db.superuser(
      `update audit.run set started_at = started_at - interval '3 days', finished_at = finished_at - interval '3 days'`,
    );
    expect((await readReportContent(db.store)).trend).toEqual([]);
    await db.superuser(
      `update audit.run set started_at = started_at + interval '3 days', finished_at = finished_at + interval '3 days'`,
    );
  });

  test('the age of a runbook counts to the latest audit of its tenant, not to today', async () => {
    await db.superuser(`update audit.page set is_runbook = true, fresh_at = '2026-01-01T00:00:00Z'`);
    const finishedAfter = (days: number) =>
      db.superuser(
        `update audit.run set finished_at = '2026-01-01T00:00:00Z'::timestamptz + make_interval(days => $1)`,
        [days],
      );
    const bucketsAfter = async (days: number) => {
      await finishedAfter(days);
      return (await readReportContent(db.store)).ages.map(({ bucket, runbooks }) => [bucket, runbooks]);
    };
    expect(await bucketsAfter(29)).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(await bucketsAfter(30)).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(await bucketsAfter(364)).toEqual([
      [3, 1],
      [3, 1],
    ]);
    expect(await bucketsAfter(800)).toEqual([
      [5, 1],
      [5, 1],
    ]);
    await db.superuser(`update audit.page set fresh_at = null`);
    expect(await bucketsAfter(30)).toEqual([
      [null, 1],
      [null, 1],
    ]);
  });

  test('of one tenant nothing of another is read', async () => {
    const content = await readReportContent(db.store, { tenantId: 'acme' });
    expect(JSON.stringify(content)).not.toMatch(/globex|stale-page|unseen/);
    expect(content.trend.filter(({ tenantId }) => tenantId === null)).toEqual([]);
    expect(content.tenants.map(({ id }) => id)).toEqual(['acme']);
  });

  test('the bounds keep the worst, and count all', async () => {
    const content = await readReportContent(db.store, { bounds: { tenants: 1, findings: 1 } });
    expect(content.chosen).toEqual(['acme']);
    expect(content.tenants).toHaveLength(3);
    expect(content.findings.map(({ severity }) => severity)).toEqual(['critical']);
    expect(content.fleetCounts.reduce((sum, { open: some }) => sum + some, 0)).toBe(4);
  });

  test('an empty database has an empty report', async () => {
    const empty = await open();
    const content = await readReportContent(empty.store);
    expect(Object.values(content).flat()).toEqual([]);
  });
});
