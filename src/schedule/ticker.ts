import { schedule } from 'node-cron';
import { dueSlots } from '../domain/due-slots.ts';
import type { Log } from '../runtime/log.ts';
import { errorFields } from '../runtime/log-fields.ts';

/** A tenant as the clock sees it. */
interface Scheduled {
  readonly id: string;
  readonly enabled: boolean;
  readonly cron: string;
  readonly timezone: string;
  /** The newest slot that was started; null before the first. */
  readonly lastSlot: Date | null;
}

export interface TickerDeps {
  /** Read anew at each tick, so a changed schedule holds from the next minute on. */
  readonly tenants: () => Promise<readonly Scheduled[]>;
  /** Records the slot; false where somebody else has started it already. */
  readonly take: (tenantId: string, slot: Date, next: Date) => Promise<boolean>;
  /** Tells when the tenant is due next, whenever that changes. */
  readonly noteNext: (tenantId: string, next: Date) => Promise<void>;
  readonly run: (tenantId: string) => Promise<unknown>;
  readonly now: () => Date;
  readonly log: Log;
}

export interface Ticker {
  /** One look at the clock; resolves when the due nights have been started. */
  readonly tick: () => Promise<void>;
  /** Stops the clock and resolves when every night that was started has ended. */
  readonly stop: () => Promise<void>;
}

/** Looks at the clock each minute and starts the nights that are due; a slot is started once, a missed night is caught up once. */
export function createTicker(deps: TickerDeps): Ticker {
  const startedAt = deps.now();
  const running = new Map<string, Promise<unknown>>();
  const noted = new Map<string, number>();
  let stopped = false;
  let looking: Promise<unknown> = Promise.resolve();

  const start = (tenantId: string): void => {
    const night = deps
      .run(tenantId)
      .catch((error: unknown) =>
        deps.log.error('A scheduled audit failed', { tenant: tenantId, ...errorFields(error) }),
      )
      .finally(() => running.delete(tenantId));
    running.set(tenantId, night);
  };

  const look = async (): Promise<void> => {
    for (const tenant of await deps.tenants()) {
      if (stopped) return;
      if (!tenant.enabled || running.has(tenant.id)) continue;
      const { due, next } = dueSlots({
        ...tenant,
        lastSlot: tenant.lastSlot ?? startedAt,
        now: deps.now(),
        catchUp: true,
      });
      const slot = due.at(-1);
      if (slot === undefined) {
        if (noted.get(tenant.id) !== next.getTime()) await deps.noteNext(tenant.id, next);
        noted.set(tenant.id, next.getTime());
        continue;
      }
      if (!(await deps.take(tenant.id, slot, next))) continue;
      deps.log.info('A scheduled audit starts', { tenant: tenant.id, slot: slot.toISOString() });
      start(tenant.id);
    }
  };

  const tick = (): Promise<void> => {
    const looked = look();
    looking = looked.catch(() => undefined);
    return looked;
  };

  const safeTick = () =>
    tick().catch((error: unknown) => deps.log.error('The schedule could not be read', errorFields(error)));
  // A late beat is no missed night here: what is due is worked out from the last slot, so the default logger has nothing to say.
  const task = schedule('* * * * *', safeTick, { name: 'minute', noOverlap: true, suppressMissedWarning: true });
  return {
    tick,
    stop: async () => {
      stopped = true;
      await task.destroy();
      // A look that has begun may still be starting a night.
      await looking;
      await Promise.all(running.values());
    },
  };
}
