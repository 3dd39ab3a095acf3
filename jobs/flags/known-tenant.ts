import { AuditError } from '../../src/domain/errors.ts';
import { closest } from '../../src/domain/closest.ts';
import type { Store } from '../../src/store/db.ts';
import { readTenants } from '../../src/store/tenants.ts';

/** Refuses a tenant that the database does not know: an empty answer about a misspelt one would look like good news. */
export async function assertKnownTenant(store: Store, tenant: string): Promise<void> {
  const known = (await store.withFleet(readTenants)).map(({ tenantId }) => tenantId);
  if (known.includes(tenant)) return;
  const nearest = closest(tenant, known);
  throw new AuditError(
    'arguments-invalid',
    `--tenant ${tenant}: the database has no such tenant${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
  );
}
