import type { TenantSettings } from '../../config/settings.ts';
import { type House, TENANTS_AT_ONCE } from '../../src/app.ts';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import { createRandom } from '../../src/runtime/random.ts';
import { createDeliver } from '../../src/schedule/deliver.ts';
import type { Deliver } from '../../src/schedule/queue.ts';
import { lastTook } from '../../src/store/nights.ts';
import { leaseEndOf } from '../../src/store/runs.ts';
import { recordEmptyRun } from '../../src/store/empty-run.ts';
import type { JobContext } from '../define-job.ts';

/** What a worker does with a slot, over the house. */
export function openWorker(
  { clock, log }: JobContext,
  {
    house,
    tenants,
    audited,
  }: {
    readonly house: House;
    readonly tenants: () => Promise<readonly TenantSettings[]>;
    /** Told of each audit that ended. */
    readonly audited: (result: AuditResult) => Promise<void>;
  },
): Deliver {
  const { store } = house;
  const random = createRandom(clock);
  return createDeliver({
    now: clock.now,
    log,
    tenant: async (tenantId) => (await tenants()).find(({ id }) => id === tenantId) ?? null,
    audit: async (order) => {
      const [result] = await house.audit([order]);
      if (result === undefined) throw new Error('An order has a result.');
      await audited(result);
      return result;
    },
    leaseEnd: async (tenantId) => {
      const until = await store.withTenant(tenantId, leaseEndOf, { readOnly: true });
      return until === null ? null : new Date(until);
    },
    places: TENANTS_AT_ONCE,
    lastTook: (tenantId) => store.withTenant(tenantId, lastTook, { readOnly: true }),
    recordSkipped: ({ id, mode }, why) =>
      store.withTenant(id, (tx) => recordEmptyRun(tx, { runId: random.id(), mode, outcome: 'skipped', ...why })),
  });
}
