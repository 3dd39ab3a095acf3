import type { TenantSettings } from '../../config/settings.ts';
import type { House } from '../../src/app.ts';
import { noteMissed } from '../../src/audit/note-missed.ts';
import { createRandom } from '../../src/runtime/random.ts';
import type { JobContext } from '../define-job.ts';
import type { Queue } from '../../src/schedule/queue.ts';
import { type Ticker, createTicker } from '../../src/schedule/ticker.ts';
import { noteNextRun, noteSlot, readTenants } from '../../src/store/tenants.ts';

/** The clock of the schedules over the database and the queue. */
export function openClock(
  { clock, log }: JobContext,
  {
    house,
    queue,
    tenants,
    sent,
  }: {
    readonly house: House;
    readonly queue: Queue;
    readonly tenants: () => Promise<readonly TenantSettings[]>;
    /** Told of each slot that went into the queue. */
    readonly sent: () => void;
  },
): Ticker {
  const { store } = house;
  const deps = { store, rules: house.settings.rules, now: clock.now, newId: createRandom(clock).id, log };
  return createTicker({
    now: clock.now,
    breathe: clock.breathe,
    log,
    enqueue: async (slot, start, priority) => {
      const isNew = await queue.enqueue(slot, start, priority);
      if (isNew) sent();
      return isNew;
    },
    tenants: async () => {
      const configured = await tenants();
      const saved = new Map(
        (await store.withFleet(readTenants)).map(({ tenantId, lastSlotAt }) => [tenantId, lastSlotAt]),
      );
      return configured.map(({ id, enabled, schedule: { cron, timezone, windowMs, priority } }) => {
        const last = saved.get(id) ?? null;
        return { id, enabled, cron, timezone, windowMs, priority, lastSlot: last === null ? null : new Date(last) };
      });
    },
    noteSlot: ({ tenantId, at }, next) => store.withTenant(tenantId, (tx) => noteSlot(tx, { at, next })),
    noteNext: (tenantId, next) => store.withTenant(tenantId, (tx) => noteNextRun(tx, next)),
    noteMissed: async (tenantId) => {
      const settings = (await tenants()).find(({ id }) => id === tenantId);
      if (settings !== undefined) await noteMissed(deps, settings);
    },
  });
}
