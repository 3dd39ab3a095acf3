import { schedule } from 'node-cron';
import { dueSlots } from '../domain/due-slots.ts';
import { asAuditError } from '../domain/errors.ts';
import { type Priority, type Slot, slotStart } from '../domain/slot-start.ts';
import type { Log } from '../runtime/log.ts';
import { errorFields } from '../runtime/log-fields.ts';

/** A tenant as the clock sees it. */
interface Scheduled {
  readonly id: string;
  readonly enabled: boolean;
  readonly cron: string;
  readonly timezone: string;
  readonly windowMs: number;
  readonly priority: Priority;
  /** The newest slot that was sent; null before the first. */
  readonly lastSlot: Date | null;
}

export interface TickerDeps {
  /** Read anew at each tick, so a changed schedule holds from the next minute on. */
  readonly tenants: () => Promise<readonly Scheduled[]>;
  /** Sends the slot, to be worked on from `start` on; false where it has been sent already. Sending twice must do no harm. */
  readonly enqueue: (slot: Slot, start: Date, priority: Priority) => Promise<boolean>;
  /** Records that the slot has been sent, and when the next one comes. */
  readonly noteSlot: (slot: Slot, next: Date) => Promise<unknown>;
  /** Tells when the tenant is due next, whenever that changes. */
  readonly noteNext: (tenantId: string, next: Date) => Promise<void>;
  /** Looks, at each slot of a tenant, whether those before it were audited. */
  readonly noteMissed: (tenantId: string) => Promise<void>;
  readonly now: () => Date;
  readonly breathe: () => Promise<void>;
  readonly log: Log;
}

export interface Ticker {
  /** One look at the clock; resolves when the due slots have been sent. */
  readonly tick: () => Promise<void>;
  /** Stops the clock and resolves when nothing more is sent. */
  readonly stop: () => Promise<void>;
}

/** Looks at the clock each minute and sends the slots that are due; a missed night is caught up once. */
export function createTicker(deps: TickerDeps): Ticker {
  const startedAt = deps.now();
  /** When each tenant is due next, and from what that was worked out: for a thousand of them it takes a second, and it is asked each minute. */
  const nextOf = new Map<string, { readonly from: string; readonly at: Date; readonly next: Date }>();
  let stopped = false;
  let looking: Promise<unknown> = Promise.resolve();

  const look = async (): Promise<void> => {
    for (const tenant of await deps.tenants()) {
      if (stopped) return;
      if (!tenant.enabled) continue;
      try {
        await lookAt(tenant);
      } catch (error) {
        // Where the database is away it is so for all of them; anything else must not keep the others waiting.
        if (asAuditError(error)?.code === 'database-unreachable') throw error;
        deps.log.error('A tenant could not be scheduled', { tenant: tenant.id, ...errorFields(error) });
      }
    }
  };

  const lookAt = async (tenant: Scheduled): Promise<void> => {
    const lastSlot = tenant.lastSlot ?? startedAt;
    const from = JSON.stringify([tenant.cron, tenant.timezone, lastSlot]);
    const known = nextOf.get(tenant.id);
    const now = deps.now();
    // A clock that was set back may make a last slot incredible.
    if (known?.from === from && known.at <= now && now < known.next) return;
    const { due, next } = dueSlots({ ...tenant, lastSlot, now, catchUp: true });
    await deps.breathe();
    const at = due.at(-1);
    if (at === undefined) {
      if (known?.next.getTime() !== next.getTime()) await deps.noteNext(tenant.id, next);
      nextOf.set(tenant.id, { from, at: now, next });
      return;
    }
    const slot = { tenantId: tenant.id, at };
    const start = slotStart(slot, { windowMs: tenant.windowMs, next });
    // Sent first: a process that dies in between sends it again, which does no harm.
    const sent = await deps.enqueue(slot, start, tenant.priority);
    await deps.noteSlot(slot, next);
    await deps
      .noteMissed(tenant.id)
      .catch((error: unknown) => deps.log.error('Missed nights could not be looked up', errorFields(error)));
    if (sent) {
      deps.log.info('A scheduled audit is due', {
        tenant: tenant.id,
        slot: at.toISOString(),
        startsAt: start.toISOString(),
      });
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
      // A look that has begun may still be sending.
      await looking;
    },
  };
}
