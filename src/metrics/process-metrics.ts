import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AuditResult } from '../domain/audit-result.ts';
import type { RunEnd } from '../store/run-end.ts';

/** What every name begins with. */
export const PREFIX = 'confluence_audit_';

export interface ProcessMetrics {
  readonly registry: Registry;
  /** An audit of this process has ended; `end` is what its rows say, where it opened a run. */
  readonly audited: (result: AuditResult, end: RunEnd | null) => void;
  readonly slotSent: () => void;
}

export interface ProcessMetricsDeps {
  /** Whether counters name the tenant. */
  readonly tenantLabel: boolean;
  /** Connections to the database; null where there is no pool. */
  readonly pool: () => { readonly total: number; readonly idle: number; readonly waiting: number } | null;
}

const AUDIT_SECONDS = [1, 5, 15, 60, 300, 900, 3_600, 14_400];

/** What this process has done since it began. Memory, CPU, garbage and the delay of the event loop are among it. */
export function createProcessMetrics({ tenantLabel, pool }: ProcessMetricsDeps): ProcessMetrics {
  const registry = new Registry();
  const registers = [registry];
  const whose = tenantLabel ? ['tenant'] : [];
  const counter = (name: string, help: string, ...labelNames: string[]): Counter =>
    new Counter({ name: PREFIX + name, help, labelNames: [...whose, ...labelNames], registers });

  const audits = counter('audits_total', 'Audits that ended here.', 'outcome', 'reason');
  const seconds = new Histogram({
    name: `${PREFIX}audit_duration_seconds`,
    help: 'From the beginning of a run to its end, takeovers included.',
    buckets: AUDIT_SECONDS,
    registers,
  });
  const requests = counter('requests_total', 'Requests to Confluence, every attempt counted.');
  const throttled = counter('throttled_total', 'Requests that were answered 429.');
  const waited = counter('waited_seconds_total', 'Seconds that requests waited for their turn or for a limit.');
  const points = counter('points_total', 'Points of the hourly quotas of OAuth apps.');
  const opened = counter('findings_opened_total', 'Findings that were opened or reopened.', 'severity');
  const resolved = counter('findings_resolved_total', 'Findings that were resolved.');
  const writes = counter(
    'writes_total',
    'Writes to Confluence that were tried, by how they ended.',
    'action',
    'outcome',
  );
  const deferred = counter('writes_deferred_total', 'Writes that the caps left for a later night.');
  const lost = counter('lease_losses_total', 'Audits that another worker took over from this one.');
  const takeovers = counter('takeovers_total', 'Takeovers of the runs that ended here.');
  const slots = new Counter({
    name: `${PREFIX}slots_sent_total`,
    help: 'Due times that this scheduler put into the queue.',
    registers,
  });
  const connections: Gauge = new Gauge({
    name: `${PREFIX}database_connections`,
    help: 'Connections of the pool, and who waits for one.',
    labelNames: ['state'],
    registers,
    collect() {
      const use = pool();
      if (use === null) return;
      connections.set({ state: 'busy' }, use.total - use.idle);
      connections.set({ state: 'idle' }, use.idle);
      connections.set({ state: 'waiting' }, use.waiting);
    },
  });
  collectDefaultMetrics({ register: registry, prefix: PREFIX });

  return {
    registry,
    slotSent: () => slots.inc(),
    audited(result, end) {
      const of = tenantLabel ? { tenant: result.tenantId } : {};
      audits.inc({ ...of, outcome: result.outcome, reason: result.reason ?? '' });
      if (result.errorCode === 'lease-lost') lost.inc(of);
      if (result.runId === null) return;
      seconds.observe(result.seconds);
      requests.inc(of, result.requests);
      throttled.inc(of, result.throttled);
      waited.inc(of, result.waitedSeconds);
      for (const [severity, count] of Object.entries(result.findingsNew)) opened.inc({ ...of, severity }, count);
      resolved.inc(of, result.findingsResolved);
      deferred.inc(of, result.writesDeferred);
      points.inc(of, end?.points ?? 0);
      takeovers.inc(of, end?.takeovers ?? 0);
      for (const { action, outcome, count } of end?.writes ?? []) writes.inc({ ...of, action, outcome }, count);
    },
  };
}
