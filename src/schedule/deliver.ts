import type { TenantSettings } from '../../config/settings.ts';
import type { Order } from '../audit/claim.ts';
import type { AuditResult } from '../domain/audit-result.ts';
import { LONGEST_WAIT_MS } from '../domain/backoff.ts';
import { AuditError } from '../domain/errors.ts';
import type { Reason } from '../domain/outcome.ts';
import { onBlackoutDay } from '../domain/quiet-times.ts';
import type { Slot } from '../domain/slot-start.ts';
import type { Log } from '../runtime/log.ts';

export interface DeliverDeps {
  /** By the settings of now; null where they name the tenant no more. */
  readonly tenant: (tenantId: string) => Promise<TenantSettings | null>;
  readonly audit: (order: Order) => Promise<AuditResult>;
  /** When the lease of a run under way ends; null where none is. */
  readonly leaseEnd: (tenantId: string) => Promise<Date | null>;
  readonly recordSkipped: (settings: TenantSettings, why: { reason: Reason; detail: string }) => Promise<void>;
  /** Milliseconds that its last audit took; null where that is not known. */
  readonly lastTook: (tenantId: string) => Promise<number | null>;
  /** How many tenants this process audits at the same time. */
  readonly places: number;
  readonly now: () => Date;
  readonly log: Log;
}

/** What takes longer is long: of these one place is kept free, so that some large tenants do not keep all the others waiting. */
const LONG_MS = 15 * 60_000;
const LOOK_AGAIN_MS = 60_000;

/**
 * What a worker does with a slot that it is given: audits the tenant, or records why not. Ends with the moment to come
 * again where another worker holds the tenant or a limit parked it; throws where the night was interrupted or could not begin.
 */
export function createDeliver(deps: DeliverDeps): (slot: Slot) => Promise<Date | null> {
  const longAtOnce = Math.max(1, deps.places - 1);
  let longOnes = 0;
  const audit = async (order: Order, long: boolean): Promise<AuditResult> => {
    if (!long) return deps.audit(order);
    longOnes += 1;
    try {
      return await deps.audit(order);
    } finally {
      longOnes -= 1;
    }
  };
  return async ({ tenantId, at }) => {
    const log = deps.log.child({ tenant: tenantId, slot: at.toISOString() });
    const settings = await deps.tenant(tenantId);
    if (settings === null) {
      log.info('A slot of a tenant that is configured no more is dropped');
      return null;
    }
    const why = reasonToSkip(settings, deps.now());
    if (why !== null) {
      await deps.recordSkipped(settings, why);
      log.info('A scheduled audit is skipped', why);
      return null;
    }
    const long = ((await deps.lastTook(tenantId)) ?? 0) > LONG_MS;
    // A run that a dead worker left is taken over at once, however long it is.
    if (long && longOnes >= longAtOnce && (await deps.leaseEnd(tenantId)) === null) {
      log.info('A long audit waits, so that short ones find a place');
      return new Date(deps.now().getTime() + LOOK_AGAIN_MS);
    }
    log.info('A scheduled audit starts');
    const order = { settings, mode: settings.mode, trigger: 'schedule', full: false, onlySpaces: null } as const;
    const { errorCode, runId, detail, reason, resumeInSeconds } = await audit(order, long);
    if (errorCode === 'lease-held') return (await deps.leaseEnd(tenantId)) ?? deps.now();
    // Whoever took the run over carries it on; whoever enables the tenant again waits for its next slot.
    if (errorCode === 'lease-lost' || errorCode === 'tenant-disabled') return null;
    // A short wait that was refused again and again would only be refused once more.
    if (reason === 'rate-limited' && (resumeInSeconds ?? 0) * 1_000 > LONGEST_WAIT_MS) {
      // Parked: others go on meanwhile, and the lists go on where they stopped.
      const again = new Date(deps.now().getTime() + (resumeInSeconds ?? 0) * 1_000);
      log.info('The tenant is parked until a limit lets go on', { detail: `until ${again.toISOString()}` });
      return again;
    }
    if (reason !== 'interrupted' && runId !== null) return null;
    throw errorCode === null ? new Error('The audit could not begin.') : new AuditError(errorCode, detail ?? '');
  };
}

function reasonToSkip(settings: TenantSettings, now: Date): { reason: Reason; detail: string } | null {
  if (!settings.enabled) return { reason: 'disabled', detail: 'The tenant was disabled after the slot had come.' };
  if (!onBlackoutDay(settings.schedule, now)) return null;
  return { reason: 'quiet-hours', detail: 'On a day of schedule.blackout no scheduled audit starts.' };
}
