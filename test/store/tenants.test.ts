import { sql } from 'drizzle-orm/sql';
import { beforeAll, expect, test } from 'vitest';
import { readTenants, recordAccount, syncTenants, noteSlot, type TenantSettings } from '../../src/store/tenants.ts';
import { lastSteps, pruneWalks, saveStep } from '../../src/store/walk.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { beginRun } from './examples.ts';

const settings = (tenantId: string, changes: Partial<TenantSettings> = {}): TenantSettings => ({
  tenantId,
  site: `https://${tenantId}.atlassian.net`,
  enabled: true,
  tags: { tier: 'gold', region: 'eu' },
  authType: 'basic',
  tokenExpiresAt: '2027-05-01T00:00:00.000Z',
  cron: '0 2 * * *',
  timezone: 'UTC',
  ...changes,
});

eachDatabase('tenants', (open) => {
  let db: TestDatabase;
  const saved = async (id: string) => (await db.store.withFleet(readTenants)).find(({ tenantId }) => tenantId === id);
  const rowVersions = () => db.superuser('select tenant_id, xmin::text from audit.tenant order by 1');
  beforeAll(async () => {
    db = await open();
  });

  test('the registry follows the configuration, and forgets nobody', async () => {
    await syncTenants(db.store, [settings('a'), settings('b'), settings('c', { enabled: false })]);
    const before = await rowVersions();
    await syncTenants(db.store, [
      settings('a', { tags: { region: 'eu', tier: 'gold' } }),
      settings('b', { site: 'https://moved.atlassian.net' }),
    ]);
    expect((await rowVersions())[0]).toEqual(before[0]);
    expect(await saved('b')).toMatchObject({ site: 'https://moved.atlassian.net', enabled: true });
    expect(await saved('c')).toMatchObject({ enabled: false });
    await syncTenants(db.store, [settings('a')]);
    expect(await saved('b')).toMatchObject({ enabled: false });
    expect((await rowVersions()).map((row) => row['tenant_id'])).toEqual(['a', 'b', 'c']);
  });

  test('what the worker learnt of a tenant survives a change of its settings', async () => {
    await syncTenants(db.store, [settings('kept')]);
    const slot = { at: new Date('2026-01-01T02:00:00Z'), next: new Date('2026-01-02T02:00:00Z') };
    await db.store.withTenant('kept', async (tx) => {
      await recordAccount(tx, { id: 'acc-1', name: 'Bot', cloudId: 'cloud-1' });
      expect(await noteSlot(tx, slot)).toBe(true);
      expect(await noteSlot(tx, slot)).toBe(false);
    });
    await syncTenants(db.store, [settings('kept', { cron: '0 3 * * *' })]);
    expect(await saved('kept')).toMatchObject({
      cron: '0 3 * * *',
      accountId: 'acc-1',
      accountName: 'Bot',
      cloudId: 'cloud-1',
      lastSlotAt: '2026-01-01T02:00:00Z',
      nextRunAt: '2026-01-02T02:00:00Z',
    });
  });

  test('a walk goes on from its last step, also when a step was repeated after a crash', async () => {
    const { runId } = await beginRun(db.store, 'walker');
    const save = (step: number, nextCursor: string | null) =>
      db.store.withTenant('walker', (tx) =>
        saveStep(tx, { runId, walk: 'pages:1', step, nextCursor, ids: [`${step}`] }),
      );
    const last = () =>
      db.store.withTenant(
        'walker',
        async (tx) => (await lastSteps(tx, { runId, walks: ['pages:1'] })).get('pages:1') ?? null,
      );
    expect(await last()).toBeNull();
    await save(0, 'first');
    await save(1, 'second');
    await save(1, 'second again');
    expect(await last()).toEqual({ step: 1, nextCursor: 'second again' });
    await save(2, null);
    expect(await last()).toEqual({ step: 2, nextCursor: null });
  });

  test('seen-sets of earlier runs are dropped, those of the run that is kept and of unfinished ones are not', async () => {
    const { runId } = await beginRun(db.store, 'pruner');
    await db.store.withTenant('pruner', async (tx) => {
      await tx.rows(sql`
        insert into run (tenant_id, run_id, mode, trigger, "full", config_hash, outcome, started_at, lease_owner, lease_until)
        values ('pruner', 'old', 'plan', 'manual', true, 'c', 'complete', ${tx.now}, 'w', ${tx.now}),
          ('pruner', 'last', 'plan', 'manual', true, 'c', 'complete', ${tx.now}, 'w', ${tx.now})`);
      for (const id of ['old', 'last', runId]) {
        await saveStep(tx, { runId: id, walk: 'w', step: 0, nextCursor: null, ids: [] });
      }
      await pruneWalks(tx, { keepRunId: 'last' });
      const kept = await tx.rows(sql`select run_id from walk_step order by run_id`);
      expect(kept).toEqual([{ run_id: 'last' }, { run_id: runId }]);
    });
  });
});
