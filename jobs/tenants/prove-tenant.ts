import type { TenantSettings } from '../../config/settings.ts';
import type { Settings } from '../../src/settings.ts';
import { neededBy } from '../../src/audit/needed-by.ts';
import { connectTenant } from '../../src/confluence/connect-tenant.ts';
import type { Check } from '../../src/doctor/check.ts';
import { checkTenant } from '../../src/doctor/check-tenant.ts';
import { AuditError } from '../../src/domain/errors.ts';
import { openExchange } from '../../src/exchange.ts';
import { formatRows } from '../../src/report/formats.ts';
import type { SignIn } from '../../src/sign-in/sign-in.ts';
import type { Store } from '../../src/store/db.ts';
import { readTenants } from '../../src/store/tenants.ts';
import type { JobContext } from '../define-job.ts';

interface Proof {
  readonly account: { readonly id: string; readonly name: string; readonly cloudId: string | null };
  /** What the account could see. */
  readonly checks: readonly Check[];
}

/**
 * Signs in with the token that is given, or the one that the settings name, and looks at what an audit will read. Throws where the token
 * is not good, lacks a scope, is another account's or another site's than last time, or where the site is another tenant's already.
 */
export async function proveTenant(
  context: JobContext,
  { settings, store, signIn }: { readonly settings: Settings; readonly store: Store; readonly signIn: SignIn },
  { tenant, token }: { readonly tenant: TenantSettings; readonly token: string | null },
): Promise<Proof> {
  const saved = await store.withFleet(readTenants);
  const before = saved.find(({ tenantId }) => tenantId === tenant.id);
  const sealedToken = async (): Promise<string> => token ?? signIn.sealedToken(tenant);
  const exchange = openExchange(context, settings, { ...signIn, sealedToken });
  const line = { signal: context.signal, onCall: () => undefined, cloudId: before?.cloudId ?? null };
  const confluence = connectTenant(exchange, tenant, line);
  try {
    const { accountId, displayName, cloudId } = await confluence.proveIdentity(before?.accountId ?? null);
    const twin = saved.find(
      (other) => other.cloudId !== null && other.cloudId === cloudId && other.tenantId !== tenant.id,
    );
    if (twin !== undefined && twin.deleteAfter === null) {
      throw new AuditError(
        'config-invalid',
        `${tenant.site} is the site of tenant ${twin.tenantId}, by another address.`,
      );
    }
    const { needs } = neededBy(tenant, settings.rules);
    const checks = await checkTenant({ settings: tenant, confluence, needs, now: context.clock.now() });
    const scopes = checks.find(({ check, status }) => check === 'scopes' && status === 'fail');
    if (scopes !== undefined) throw new AuditError('scope-missing', scopes.detail);
    return { account: { id: accountId, name: displayName, cloudId }, checks };
  } finally {
    await confluence.close();
  }
}

/** Checks as a table or as JSON. */
export function printChecks(
  { stdout, columns: width }: Pick<JobContext, 'stdout' | 'columns'>,
  checks: readonly Check[],
  format: 'table' | 'json' = 'table',
): void {
  const rows = checks.map(({ tenant, check, status, detail, advice }) => [tenant, check, status, detail, advice]);
  const columns = ['tenant_id', 'check', 'status', 'detail', 'what_to_do'];
  stdout.write(formatRows({ columns, rows }, format, width));
}
