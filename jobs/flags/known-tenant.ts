import { AuditError } from '../../src/domain/errors.ts';
import { closest } from '../../src/domain/closest.ts';
import type { Store } from '../../src/store/db.ts';
import { tenantsOnRecord } from '../../src/store/acts.ts';
import { readTenants } from '../../src/store/tenants.ts';

/**
 * Refuses a tenant that the database does not know: an empty answer about a misspelt one would look like good news. With `removed` the
 * audit trail may still tell of it.
 */
export async function assertKnownTenant(store: Store, tenant: string, { removed = false } = {}): Promise<void> {
  const known = (await store.withFleet(readTenants)).map(({ tenantId }) => tenantId);
  if (removed && !known.includes(tenant)) known.push(...(await store.withFleet(tenantsOnRecord)));
  if (known.includes(tenant)) return;
  const nearest = closest(tenant, known);
  throw new AuditError(
    'arguments-invalid',
    `--tenant ${tenant}: the database has no such tenant${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
  );
}
