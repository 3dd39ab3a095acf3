import { AuditError } from '../domain/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Log } from '../runtime/log.ts';
import { errorFields } from '../runtime/log-fields.ts';
import type { Store } from '../store/db.ts';
import { heartbeat, type RunClaim } from '../store/runs.ts';

/** A dead worker's tenant is free again after this; three heartbeats may be missed before. */
export const LEASE_SECONDS = 45;
const HEARTBEAT_MS = 10_000;
/** An answer that took longer says too little of the lease that it renewed. */
const TELLING_MS = (LEASE_SECONDS * 1000) / 3;

interface Lease {
  /** Fires when another worker has taken the run over. */
  readonly signal: AbortSignal;
  /** Renews it right before something that no transaction guards. Throws `lease-lost`, or what kept it from being known. */
  readonly assertHeld: () => Promise<void>;
  readonly stop: () => void;
}

/** Keeps the lease of a run by a regular beat, with which `beside` is done as well. */
export function keepLease({
  store,
  tenantId,
  run,
  now,
  monotonic,
  every,
  log,
  beside,
}: Pick<Clock, 'now' | 'monotonic' | 'every'> & {
  readonly store: Store;
  readonly tenantId: string;
  readonly run: RunClaim;
  readonly log: Log;
  readonly beside: () => Promise<void>;
}): Lease {
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    if (await store.withTenant(tenantId, (tx) => heartbeat(tx, run, { leaseSeconds: LEASE_SECONDS }))) return;
    const error = new AuditError('lease-lost', `Another worker took over the run of tenant ${tenantId}.`);
    lost.abort(error);
    throw error;
  };
  const beat = async (): Promise<void> => {
    await renew().catch((error: unknown) => {
      // The lease outlives a few failed beats; writes check it themselves.
      if (!lost.signal.aborted) log.warn('The lease could not be renewed', errorFields(error));
    });
    await beside();
  };
  // The time of day may be set, and the other clock may stand still while a machine sleeps: what either noticed counts.
  const stopwatch = (): (() => number) => {
    const [day, steady] = [now().getTime(), monotonic()];
    return () => Math.max(now().getTime() - day, monotonic() - steady);
  };
  return {
    signal: lost.signal,
    stop: every(HEARTBEAT_MS, () => void beat()),
    async assertHeld() {
      // A process that stood still between the question and its answer does not know whose the lease is when it wakes up.
      for (;;) {
        const elapsed = stopwatch();
        await renew();
        if (elapsed() < TELLING_MS) return;
      }
    },
  };
}
