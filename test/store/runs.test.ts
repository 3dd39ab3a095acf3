import { beforeAll, expect, test } from 'vitest';
import { AuditError } from '../../src/domain/errors.ts';
import { assertFence, claimRun, finishRun, heartbeat, leaseEndOf } from '../../src/store/runs.ts';
import { recordEmptyRun } from '../../src/store/empty-run.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { beginRun, settableClock } from './examples.ts';

const clock = settableClock('2026-01-01T00:00:00Z');
const second = {
  runId: 'run-2',
  owner: 'worker-2',
  job: 'audit',
  mode: 'audit',
  trigger: 'schedule',
  full: true,
  onlySpaces: ['OPS'],
  planId: null,
  configHash: 'beef',
  leaseSeconds: 45,
} as const;

eachDatabase('runs', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open({ now: clock.now });
  });

  test('a second worker is refused while the lease runs, and told until when', async () => {
    clock.set('2026-01-01T00:00:00Z');
    await beginRun(db.store, 'held');
    clock.set('2026-01-01T00:00:44Z');
    const claim = await db.store.withTenant('held', (tx) => claimRun(tx, second));
    expect(claim).toEqual({ claimed: false, until: '2026-01-01T00:00:45Z' });
  });

  test('a run whose lease has ended is taken over as the same run, and its old worker cannot write any more', async () => {
    clock.set('2026-01-01T00:00:00Z');
    const old = await beginRun(db.store, 'orphaned', { mode: 'apply', onlySpaces: ['A', 'B'] });
    await db.store.withTenant('orphaned', (tx) => heartbeat(tx, old, { leaseSeconds: 45, counters: { requests: 7 } }));
    clock.set('2026-01-01T00:00:45Z');
    const claim = await db.store.withTenant('orphaned', (tx) => claimRun(tx, second));
    expect(claim).toMatchObject({
      claimed: true,
      resumed: true,
      run: { runId: 'run-1', owner: 'worker-2', fence: 2, mode: 'audit', onlySpaces: ['A', 'B'], requests: 7 },
    });

    const write = db.store.withTenant('orphaned', (tx) => assertFence(tx, old));
    await expect(write).rejects.toMatchObject({ code: 'lease-lost' });
    const end = { outcome: 'complete', reason: null, detail: null, counters: {} } as const;
    await expect(db.store.withTenant('orphaned', (tx) => finishRun(tx, old, end))).rejects.toThrow(AuditError);
    expect(await db.store.withTenant('orphaned', (tx) => heartbeat(tx, old, { leaseSeconds: 45 }))).toBe(false);
  });

  test('a skipped night is recorded beside the run that is under way', async () => {
    clock.set('2026-01-01T00:00:00Z');
    await beginRun(db.store, 'skipping');
    const why = {
      runId: 'run-skipped',
      mode: 'plan',
      outcome: 'skipped',
      reason: 'quiet-hours',
      detail: 'A day off.',
    } as const;
    await db.store.withTenant('skipping', (tx) => recordEmptyRun(tx, why));
    expect(await db.store.withTenant('skipping', leaseEndOf)).toBe('2026-01-01T00:00:45Z');
    expect(
      await db.superuser(`select run_id, trigger, outcome, reason, finished_at is null as open from audit.run
        where tenant_id = 'skipping' order by run_id`),
    ).toEqual([
      { run_id: 'run-1', trigger: 'manual', outcome: null, reason: null, open: true },
      { run_id: 'run-skipped', trigger: 'schedule', outcome: 'skipped', reason: 'quiet-hours', open: false },
    ]);
  });

  test('a heartbeat prolongs the lease', async () => {
    clock.set('2026-01-01T00:00:00Z');
    const run = await beginRun(db.store, 'alive');
    clock.set('2026-01-01T00:00:30Z');
    expect(await db.store.withTenant('alive', (tx) => heartbeat(tx, run, { leaseSeconds: 45 }))).toBe(true);
    clock.set('2026-01-01T00:01:00Z');
    const claim = await db.store.withTenant('alive', (tx) => claimRun(tx, second));
    expect(claim).toEqual({ claimed: false, until: '2026-01-01T00:01:15Z' });
  });

  test('a finished run keeps its counters and leaves the tenant free at once', async () => {
    clock.set('2026-01-01T00:00:00Z');
    const run = await beginRun(db.store, 'done');
    await db.store.withTenant('done', async (tx) => {
      await assertFence(tx, run);
      await heartbeat(tx, run, { leaseSeconds: 45, counters: { pagesSeen: 12, waitedMs: 1500.4 } });
      await finishRun(tx, run, {
        outcome: 'partial',
        reason: 'budget',
        detail: 'It ended early.',
        counters: { spaces: 3 },
      });
    });
    const [row] = await db.superuser(
      `select outcome, reason, detail, pages_seen, spaces, waited_ms::integer as waited from audit.run where tenant_id = 'done'`,
    );
    expect(row).toEqual({
      outcome: 'partial',
      reason: 'budget',
      detail: 'It ended early.',
      pages_seen: 12,
      spaces: 3,
      waited: 1500,
    });
    const next = await db.store.withTenant('done', (tx) => claimRun(tx, second));
    expect(next).toMatchObject({
      claimed: true,
      resumed: false,
      run: { runId: 'run-2', fence: 1, onlySpaces: ['OPS'] },
    });
  });

  test('of many workers that claim at once exactly one gets the run', async () => {
    clock.set('2026-01-01T00:00:00Z');
    const run = await beginRun(db.store, 'raced');
    const end = { outcome: 'complete', reason: null, detail: null, counters: {} } as const;
    await db.store.withTenant('raced', (tx) => finishRun(tx, run, end));
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        db.store.withTenant('raced', (tx) => claimRun(tx, { ...second, runId: `r${i}`, owner: `w${i}` })),
      ),
    );
    expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
  });
});
