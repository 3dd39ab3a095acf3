import { beforeAll, expect, test } from 'vitest';
import { readFleetFigures } from '../../src/store/fleet-figures.ts';
import { lastTook } from '../../src/store/nights.ts';
import { claimRun, finishRun } from '../../src/store/runs.ts';
import { upsertTenant } from '../../src/store/tenants.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { beginRun, exampleTenant, settableClock } from './examples.ts';

const clock = settableClock('2026-01-01T00:00:00Z');
const COMPLETE = { outcome: 'complete', reason: null, detail: null, counters: {} } as const;
const FAILED = { outcome: 'failed', reason: 'auth-invalid', detail: null, counters: {} } as const;

eachDatabase('the figures of the fleet', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open({ now: clock.now });
  });

  const night = async (tenantId: string, at: string, end: typeof COMPLETE | typeof FAILED, onlySpaces?: string[]) => {
    clock.set(at);
    const run = await beginRun(db.store, tenantId, { runId: `${tenantId} ${at}`, ...(onlySpaces && { onlySpaces }) });
    clock.set(at.replace(':00Z', ':10Z'));
    await db.store.withTenant(tenantId, (tx) => finishRun(tx, run, end));
  };

  test('are those of the tenants that are enabled, and of the last day', async () => {
    await night('acme', '2026-01-08T02:00:00Z', FAILED);
    await night('acme', '2026-01-09T02:00:00Z', COMPLETE);
    await night('acme', '2026-01-10T02:00:00Z', FAILED);
    await night('globex', '2026-01-09T03:00:00Z', FAILED);
    await night('globex', '2026-01-10T03:00:00Z', COMPLETE, ['OPS']);
    clock.set('2026-01-10T11:00:00Z');
    await beginRun(db.store, 'initech', { runId: 'orphan' });
    clock.set('2026-01-10T11:01:00Z');
    await db.store.withTenant('initech', (tx) =>
      claimRun(tx, {
        runId: 'unused',
        owner: 'relief',
        job: 'audit',
        mode: 'plan',
        trigger: 'schedule',
        full: false,
        onlySpaces: null,
        planId: null,
        configHash: '',
        leaseSeconds: 7_200,
      }),
    );
    await beginRun(db.store, 'umbrella');
    clock.set('2026-01-10T12:00:00Z');
    await db.store.withTenant('gone', (tx) =>
      upsertTenant(tx, { ...exampleTenant('gone'), enabled: false, tokenExpiresAt: '2026-01-11T00:00:00Z' }),
    );
    const told = await db.store.withFleet(readFleetFigures);
    expect(told).toEqual({
      at: '2026-01-10T12:00:00Z',
      tenants: [
        { tenantId: 'acme', tokenExpiresAt: null, lastSuccess: '2026-01-09T02:00:10Z', since: '2026-01-10T02:00:00Z' },
        { tenantId: 'globex', tokenExpiresAt: null, lastSuccess: null, since: '2026-01-10T03:00:00Z' },
        { tenantId: 'initech', tokenExpiresAt: null, lastSuccess: null, since: '2026-01-10T11:00:00Z' },
        { tenantId: 'umbrella', tokenExpiresAt: null, lastSuccess: null, since: '2026-01-10T11:01:00Z' },
      ],
      runs: [
        { outcome: 'complete', reason: null, count: 1, takeovers: 0 },
        { outcome: 'failed', reason: 'auth-invalid', count: 1, takeovers: 0 },
      ],
      underway: 1,
      orphaned: 1,
      takeovers: 1,
    });
    const took = (tenantId: string) => db.store.withTenant(tenantId, lastTook);
    expect([await took('acme'), await took('globex'), await took('initech')]).toEqual([10_000, 10_000, null]);
  });
});
