import { PgBoss } from 'pg-boss';
import { type Priority, type Slot, slotId } from '../domain/slot-start.ts';
import type { Log } from '../runtime/log.ts';
import { errorFields } from '../runtime/log-fields.ts';
import type { Store } from '../store/db.ts';
import { openQueueLine } from '../store/postgres.ts';
import { type QueueFigures, readQueueFigures } from './queue-figures.ts';
import { BOSS_OPTIONS, HEARTBEAT_SECONDS, QUEUE, isMissing, prepareQueue, refuseNewer } from './prepare-queue.ts';

export interface QueueDeps {
  readonly store: Pick<Store, 'kind' | 'openQueueLine'>;
  /** The login that may create a schema, for a server without the queue's tables; null where the worker's own has to do it. */
  readonly adminUrl: string | null;
  readonly log: Log;
}

/** Ends with the moment to deliver again, or null when the slot is done with; when it throws, the slot comes again soon. */
export type Deliver = (slot: Slot) => Promise<Date | null>;

export interface Queue {
  /** Sends a slot once, however many ask; false where it was sent before, or an older one of its tenant still waits. */
  readonly enqueue: (slot: Slot, startAfter: Date, priority?: Priority) => Promise<boolean>;
  /** Begins to take slots, at most `atOnce` at a time and never two of one tenant. */
  readonly work: (deliver: Deliver, atOnce: number) => Promise<void>;
  /** What lies in it now. */
  readonly figures: () => Promise<QueueFigures>;
  /** Takes no more, waits a few seconds for what is under way, and closes the line. */
  readonly stop: () => Promise<void>;
}

interface Data {
  readonly tenantId: string;
  readonly slot: string;
  /** Missing where a program sent it that knew of none. */
  readonly priority?: Priority;
}

/** Among equals the engine takes what was sent first. */
const RANKS: Readonly<Record<Priority, number>> = { low: -1, normal: 0, high: 1 };

const POLL_SECONDS = 1;
/**
 * While more than this many wait, whoever has ended one takes the next at once instead of at its next look. How many wait is looked up as
 * seldom as dead workers are looked for.
 */
const BACKLOG = 1;
/** How soon a dead worker's slot is noticed, beside its heartbeat. */
const SUPERVISE_SECONDS = 5;
const DRAIN_MS = 8000;

/** The job queue in the users' own database: it distributes slots among workers; the lease on the run is what decides who works. */
export async function openQueue({ store, adminUrl, log }: QueueDeps): Promise<Queue> {
  const line = store.openQueueLine();
  const openAdminLine = adminUrl === null || store.kind === 'embedded' ? null : () => openQueueLine(adminUrl);

  const startBoss = async (): Promise<PgBoss> => {
    const started = new PgBoss({
      ...BOSS_OPTIONS,
      db: line,
      backend: store.kind === 'embedded' ? 'pglite' : 'postgres',
      migrate: false,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
      queueCacheIntervalSeconds: SUPERVISE_SECONDS,
    });
    started.on('error', (error) =>
      log.warn('The queue could not reach its tables', errorFields(new Error(error.message))),
    );
    await started.start();
    if ((await started.getQueue(QUEUE)) !== null) return started;
    // A process died after the first of the two steps of preparing.
    await started.stop({ graceful: false, close: false });
    throw new Error('The queue is not installed.');
  };

  const openBoss = async (): Promise<PgBoss> => {
    try {
      return await startBoss();
    } catch (error) {
      if (!isMissing(error)) throw error;
      await prepareQueue({ line, openAdminLine });
      return await startBoss().catch(refuseNewer);
    }
  };

  const boss = await openBoss().catch(async (error: unknown) => {
    await line.close();
    throw error;
  });

  const send = async (slot: Slot, startAfter: Date, priority: Priority, attempt?: string): Promise<boolean> => {
    const data: Data = { tenantId: slot.tenantId, slot: slot.at.toISOString(), priority };
    const rank = RANKS[priority];
    const options = { id: slotId(slot, attempt), singletonKey: slot.tenantId, startAfter, priority: rank };
    return (await boss.send(QUEUE, data, options)) !== null;
  };

  const handle = async (deliver: Deliver, { tenantId, slot: at, priority = 'normal' }: Data): Promise<void> => {
    const slot = { tenantId, at: new Date(at) };
    const again = await deliver(slot).catch((error: unknown) => {
      log.warn('A scheduled audit could not be run now; it comes again', {
        tenant: tenantId,
        slot: at,
        ...errorFields(error),
      });
      // The engine keeps what it is told: the code is enough.
      throw new Error(String(errorFields(error).code));
    });
    // The next night waits already: then this one comes again by its retry.
    if (again !== null && !(await send(slot, again, priority, again.toISOString()))) throw new Error('lease-held');
  };

  return {
    enqueue: (slot, startAfter, priority = 'normal') => send(slot, startAfter, priority),
    work: async (deliver, atOnce) => {
      const options = {
        localConcurrency: atOnce,
        pollingIntervalSeconds: POLL_SECONDS,
        burstWhenReadyExceeds: BACKLOG,
        heartbeatRefreshSeconds: HEARTBEAT_SECONDS / 4,
      };
      await boss.work<Data>(QUEUE, options, async (jobs) => {
        for (const { data } of jobs) await handle(deliver, data);
      });
    },
    figures: () => readQueueFigures(line),
    stop: async () => {
      await boss.stop({ graceful: true, close: false, timeout: DRAIN_MS });
      await line.close();
    },
  };
}
