import type { TenantSettings } from '../../config/settings.ts';
import type { House } from '../../src/app.ts';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import { secondMiss } from '../../src/domain/second-miss.ts';
import { fleetMetrics } from '../../src/metrics/fleet-metrics.ts';
import { oneAtATime } from '../../src/metrics/one-at-a-time.ts';
import { createProcessMetrics } from '../../src/metrics/process-metrics.ts';
import { type Answer, servePages } from '../../src/metrics/serve.ts';
import type { Queue } from '../../src/schedule/queue.ts';
import { environmentOf } from '../../src/settings.ts';
import { type FleetFigures, readFleetFigures, type TenantFigures } from '../../src/store/fleet-figures.ts';
import { readMigrations } from '../../src/store/migrations.ts';
import { readRunEnd } from '../../src/store/run-end.ts';
import { assertKnownSchema } from '../../src/store/schema-state.ts';
import type { JobContext } from '../define-job.ts';

/** Probes of orchestrators give up after one to five seconds. */
const READY_MS = 3_000;
const SCRAPE_MS = 6_000;

export interface Watched {
  readonly audited: (result: AuditResult) => Promise<void>;
  readonly slotSent: () => void;
  readonly stop: () => Promise<void>;
}

export interface WatchDeps {
  readonly house: House;
  readonly queue: Queue;
  readonly tenants: () => Promise<readonly TenantSettings[]>;
  readonly alive: () => boolean;
  /** Whether work or schedule have begun, and none has been asked to stop. */
  readonly started: () => boolean;
}

/** The port for the operator, where one is configured: what this process did, how the fleet is, whether both live. */
export async function openMetrics(context: JobContext, deps: WatchDeps): Promise<Watched> {
  const { metricsPort: port, metricsHost: host, metricsTenantLabel: tenantLabel } = environmentOf(context);
  if (port === null) return { audited: async () => undefined, slotSent: () => undefined, stop: async () => undefined };
  const { house, queue, tenants, alive, started } = deps;
  const { store } = house;
  const ours = createProcessMetrics({ tenantLabel, pool: () => store.connections() });
  const missed = missedTwice(context.clock.breathe);
  const readFleet = oneAtATime(async () => {
    const figures = await store.withFleet(readFleetFigures);
    return { read: { figures, queue: await queue.figures() }, settings: await tenants() };
  }, SCRAPE_MS);
  const migrations = readMigrations();
  const knownSchema = oneAtATime(async () => {
    await store.withFleet((tx) => assertKnownSchema(tx, migrations));
    return true;
  }, READY_MS);

  const metrics = async (): Promise<Answer> => {
    const fleet = await readFleet();
    const theirs = fleetMetrics(
      { tenantLabel, missedTwice: fleet === null ? 0 : await missed(fleet.read.figures, fleet.settings) },
      fleet?.read ?? null,
    );
    const text = `${await ours.registry.metrics()}${await theirs.metrics()}`;
    return { status: 200, type: ours.registry.contentType, text };
  };
  const ready = async (): Promise<Answer> => {
    if (!started()) return says(503, 'not ready: work has not begun, or has ended');
    if ((await knownSchema()) === true) return says(200, 'ready');
    return says(503, 'not ready: the database does not answer, or a newer program has changed its tables');
  };
  const healthy = async (): Promise<Answer> =>
    alive() ? says(200, 'healthy') : says(503, 'unhealthy: the heartbeat has stopped');
  const pages = { '/metrics': metrics, '/readyz': ready, '/healthz': healthy };
  const server = await servePages({ port, host, pages, log: context.log });
  context.log.info('Metrics are served', { port });
  return {
    slotSent: ours.slotSent,
    // A figure that cannot be read must not make a night that ended well look otherwise.
    audited: async (result) => {
      const { tenantId, runId } = result;
      const end =
        runId === null
          ? null
          : store.withTenant(tenantId, (tx) => readRunEnd(tx, runId), { readOnly: true }).catch(() => null);
      ours.audited(result, await end);
    },
    stop: server.stop,
  };
}

const says = (status: Answer['status'], text: string): Answer => ({ status, type: 'text/plain', text: `${text}\n` });

/** Counts them; of each tenant the moment is worked out once for each complete audit and schedule. */
function missedTwice(
  breathe: () => Promise<void>,
): (figures: FleetFigures, settings: readonly TenantSettings[]) => Promise<number> {
  const known = new Map<string, { readonly key: string; readonly at: Date | null }>();
  const missAt = ({ tenantId, since }: TenantFigures, { schedule, limits }: TenantSettings): Date | null => {
    const key = JSON.stringify([since, schedule, limits.minutesPerRun]);
    const before = known.get(tenantId);
    if (before?.key === key) return before.at;
    const at = secondMiss(schedule, { since: new Date(since), longestMs: limits.minutesPerRun * 60_000 });
    known.set(tenantId, { key, at });
    return at;
  };
  return async ({ at, tenants }, settings) => {
    const settingsOf = new Map(settings.map((tenant) => [tenant.id, tenant]));
    const now = new Date(at);
    let count = 0;
    for (const tenant of tenants) {
      const of = settingsOf.get(tenant.tenantId);
      const miss = of === undefined ? null : missAt(tenant, of);
      if (miss !== null && miss <= now) count += 1;
      await breathe();
    }
    return count;
  };
}
