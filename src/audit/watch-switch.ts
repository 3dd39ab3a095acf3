import type { MayAsk } from '../confluence/may-ask.ts';
import { AuditError } from '../domain/errors.ts';
import type { Store } from '../store/db.ts';
import { isEnabled } from '../store/tenants.ts';

interface Switch {
  /** Fires as soon as a look has found the tenant disabled. */
  readonly signal: AbortSignal;
  /** Looks now. Callers at the same time share one look; one that fails says nothing. */
  readonly look: () => Promise<void>;
  /** The same right before a request; on the embedded database, where no other process could disable a tenant, before writes only. */
  readonly mayAsk: MayAsk;
}

/** Notices that somebody has disabled or removed the tenant, so that a night under way asks for nothing more. */
export function watchSwitch(store: Store, tenantId: string): Switch {
  const off = new AbortController();
  let looking: Promise<void> | null = null;
  const look = (): Promise<void> => {
    looking ??= seen(store, tenantId)
      .then((enabled) => (enabled ? undefined : off.abort(disabled(tenantId))))
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  const mayAsk: MayAsk = async ({ write }) => (write || store.kind === 'postgres' ? look() : undefined);
  return { signal: off.signal, look, mayAsk };
}

/** What an audit of a disabled tenant ends with. */
export const disabled = (tenantId: string): AuditError =>
  new AuditError('tenant-disabled', `Tenant ${tenantId} is disabled; nothing more was asked of its site.`);

/** A database that is away for a moment disables nobody; what is saved next tells of it. */
const seen = (store: Store, tenantId: string): Promise<boolean> =>
  store.withTenant(tenantId, isEnabled, { readOnly: true }).catch(() => true);
