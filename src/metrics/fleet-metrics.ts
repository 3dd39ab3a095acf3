import { Gauge, Registry } from 'prom-client';
import type { FleetFigures } from '../store/fleet-figures.ts';
import { PREFIX } from './process-metrics.ts';

/** What lies in the queue: due and taken by nobody; due later; with a worker. */
interface QueueFigures {
  readonly ready: number;
  readonly waiting: number;
  readonly active: number;
  readonly oldestReadySeconds: number;
}

export interface FleetDeps {
  /** Whether each tenant has lines of its own. */
  readonly tenantLabel: boolean;
  /** Tenants of which two nights were missed, by the schedules as they are now. */
  readonly missedTwice: number;
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

/** What the database says of all tenants. Made anew for each scrape, so that nothing old is told where it does not answer. */
export function fleetMetrics(
  { tenantLabel, missedTwice }: FleetDeps,
  read: { readonly figures: FleetFigures; readonly queue: QueueFigures } | null,
): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, ...labelNames: string[]): Gauge =>
    new Gauge({ name: PREFIX + name, help, labelNames, registers: [registry] });
  gauge(
    'database_up',
    '1 where the database answered this scrape, else 0; without it no line about the fleet is told.',
  ).set(read === null ? 0 : 1);
  if (read === null) return registry;
  const { figures, queue } = read;
  const at = Date.parse(figures.at);
  const age = (instant: string): number => Math.max(0, (at - Date.parse(instant)) / 1000);

  gauge('tenants', 'Tenants that are enabled.').set(figures.tenants.length);
  const oldest = gauge(
    'oldest_complete_audit_age_seconds',
    'Seconds since the last complete audit of the enabled tenant whose own is the oldest; of one without any, since its nights count.',
  );
  oldest.set(Math.max(0, ...figures.tenants.map(({ lastSuccess, since }) => age(lastSuccess ?? since))));
  gauge('tenants_never_audited', 'Enabled tenants of which no audit was ever complete.').set(
    figures.tenants.filter(({ lastSuccess }) => lastSuccess === null).length,
  );
  gauge('tenants_missed_twice', 'Enabled tenants of which two nights passed without a complete audit.').set(
    missedTwice,
  );
  const ends = figures.tenants.flatMap(({ tokenExpiresAt }) =>
    tokenExpiresAt === null ? [] : Date.parse(tokenExpiresAt),
  );
  const expiring = gauge('tokens_expiring', 'Credentials that end within 30 days, or have ended.', 'state');
  expiring.set({ state: 'ended' }, ends.filter((end) => end <= at).length);
  expiring.set({ state: 'soon' }, ends.filter((end) => end > at && end <= at + SOON_DAYS * DAY_MS).length);

  const runs = gauge(
    'runs_last_day',
    'Runs of all workers that began within 24 hours and have ended.',
    'outcome',
    'reason',
  );
  for (const { outcome, reason, count } of figures.runs) runs.set({ outcome, reason: reason ?? '' }, count);
  const open = gauge(
    'runs_unfinished',
    'Runs under a lease, and those whose lease ended and that nobody took over.',
    'lease',
  );
  open.set({ lease: 'held' }, figures.underway);
  open.set({ lease: 'ended' }, figures.orphaned);
  gauge('takeovers_last_day', 'Takeovers of runs of all workers that began within 24 hours.').set(figures.takeovers);

  const jobs = gauge('queue_jobs', 'Slots in the queue.', 'state');
  jobs.set({ state: 'ready' }, queue.ready);
  jobs.set({ state: 'waiting' }, queue.waiting);
  jobs.set({ state: 'active' }, queue.active);
  gauge('queue_oldest_ready_seconds', 'How long the oldest slot has been due and taken by nobody.').set(
    queue.oldestReadySeconds,
  );
  if (tenantLabel) tenantLines(gauge, figures);
  return registry;
}

function tenantLines(
  gauge: (name: string, help: string, ...labels: string[]) => Gauge,
  { tenants }: FleetFigures,
): void {
  const last = gauge('tenant_last_complete_timestamp_seconds', 'When its last complete audit ended.', 'tenant');
  const token = gauge('tenant_token_expires_timestamp_seconds', 'When its credential ends.', 'tenant');
  for (const { tenantId: tenant, lastSuccess, tokenExpiresAt } of tenants) {
    if (lastSuccess !== null) last.set({ tenant }, seconds(lastSuccess));
    if (tokenExpiresAt !== null) token.set({ tenant }, seconds(tokenExpiresAt));
  }
}

const seconds = (instant: string): number => Date.parse(instant) / 1000;
