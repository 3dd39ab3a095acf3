import { expect, test } from 'vitest';
import { fleetMetrics } from '../../src/metrics/fleet-metrics.ts';
import { createProcessMetrics } from '../../src/metrics/process-metrics.ts';
import type { FleetFigures } from '../../src/store/fleet-figures.ts';
import { auditResult } from '../report/audit-result.ts';
import { samplesOf } from './samples.ts';

const figures: FleetFigures = {
  at: '2026-11-04T02:00:00Z',
  tenants: [
    {
      tenantId: 'acme',
      tokenExpiresAt: '2026-11-20T00:00:00Z',
      lastSuccess: '2026-11-03T02:00:00Z',
      since: '2026-11-03T02:00:00Z',
    },
    { tenantId: 'globex', tokenExpiresAt: '2026-11-01T00:00:00Z', lastSuccess: null, since: '2026-11-01T02:00:00Z' },
    { tenantId: 'initech', tokenExpiresAt: null, lastSuccess: '2026-11-04T01:00:00Z', since: '2026-11-04T01:00:00Z' },
  ],
  runs: [
    { outcome: 'complete', reason: null, count: 2 },
    { outcome: 'failed', reason: 'auth-expired', count: 1 },
  ],
  underway: 3,
  orphaned: 1,
  takeovers: 4,
};
const queue = { ready: 5, waiting: 6, active: 7, oldestReadySeconds: 8.5 };
const fleet = (tenantLabel = false) => fleetMetrics({ tenantLabel, missedTwice: 1 }, { figures, queue }).metrics();

test('the fleet in figures', async () => {
  expect(samplesOf(await fleet())).toEqual({
    database_up: 1,
    tenants: 3,
    oldest_complete_audit_age_seconds: 3 * 86_400,
    tenants_never_audited: 1,
    tenants_missed_twice: 1,
    'tokens_expiring{state="ended"}': 1,
    'tokens_expiring{state="soon"}': 1,
    'runs_last_day{outcome="complete",reason=""}': 2,
    'runs_last_day{outcome="failed",reason="auth-expired"}': 1,
    'runs_unfinished{lease="held"}': 3,
    'runs_unfinished{lease="ended"}': 1,
    takeovers_last_day: 4,
    'queue_jobs{state="ready"}': 5,
    'queue_jobs{state="waiting"}': 6,
    'queue_jobs{state="active"}': 7,
    queue_oldest_ready_seconds: 8.5,
  });
});

test('tenants have lines of their own where that is asked for, and are named nowhere else', async () => {
  expect(await fleet()).not.toContain('acme');
  expect(samplesOf(await fleet(true))).toMatchObject({
    'tenant_last_complete_timestamp_seconds{tenant="acme"}': Date.parse('2026-11-03T02:00:00Z') / 1000,
    'tenant_token_expires_timestamp_seconds{tenant="globex"}': Date.parse('2026-11-01T00:00:00Z') / 1000,
  });
});

test('of a database that does not answer only that is told', async () => {
  const text = await fleetMetrics({ tenantLabel: true, missedTwice: 0 }, null).metrics();
  expect(samplesOf(text)).toEqual({ database_up: 0 });
});

const RESULT = auditResult({
  tenantId: 'acme',
  runId: 'run-1',
  outcome: 'partial',
  reason: 'budget',
  requests: 120,
  throttled: 3,
  waitedSeconds: 4.5,
  seconds: 70,
  findingsNew: { critical: 0, high: 2, medium: 1, low: 0, info: 0 },
  findingsResolved: 5,
  writesDeferred: 6,
});
const END = {
  points: 400,
  takeovers: 1,
  writes: [
    { action: 'add-label', outcome: 'done', count: 9 },
    { action: 'add-label', outcome: 'refused', count: 1 },
  ],
};
const pool = () => ({ total: 4, idle: 1, waiting: 2 });

test('what a process has done adds up', async () => {
  const { registry, audited, slotSent } = createProcessMetrics({ tenantLabel: false, pool });
  audited(RESULT, END);
  audited(RESULT, null);
  audited(auditResult({ runId: null, outcome: 'failed', reason: 'interrupted', errorCode: 'lease-lost' }), null);
  slotSent();
  const text = await registry.metrics();
  expect(text).not.toContain('acme');
  expect(samplesOf(text)).toMatchObject({
    'audits_total{outcome="partial",reason="budget"}': 2,
    'audits_total{outcome="failed",reason="interrupted"}': 1,
    'audit_duration_seconds_bucket{le="60"}': 0,
    'audit_duration_seconds_bucket{le="300"}': 2,
    audit_duration_seconds_sum: 140,
    requests_total: 240,
    throttled_total: 6,
    waited_seconds_total: 9,
    points_total: 400,
    'findings_opened_total{severity="high"}': 4,
    findings_resolved_total: 10,
    'writes_total{action="add-label",outcome="done"}': 9,
    'writes_total{action="add-label",outcome="refused"}': 1,
    writes_deferred_total: 12,
    lease_losses_total: 1,
    takeovers_total: 1,
    slots_sent_total: 1,
    'database_connections{state="busy"}': 3,
    'database_connections{state="idle"}': 1,
    'database_connections{state="waiting"}': 2,
    nodejs_eventloop_lag_p99_seconds: expect.any(Number),
    process_resident_memory_bytes: expect.any(Number),
  });
});

test('counters name the tenant where that is asked for', async () => {
  const { registry, audited } = createProcessMetrics({ tenantLabel: true, pool: () => null });
  audited(RESULT, END);
  const samples = samplesOf(await registry.metrics());
  expect(samples).toMatchObject({
    'audits_total{tenant="acme",outcome="partial",reason="budget"}': 1,
    'requests_total{tenant="acme"}': 120,
    'writes_total{tenant="acme",action="add-label",outcome="done"}': 9,
  });
  expect(Object.keys(samples).filter((name) => name.startsWith('database_connections'))).toEqual([]);
});
