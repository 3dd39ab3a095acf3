import type { TenantSettings } from '../../config/settings.ts';
import { closest } from '../../src/domain/closest.ts';
import { AuditError } from '../../src/domain/errors.ts';

/** The tenant with this id, enabled or not. */
export function findTenant(tenants: readonly TenantSettings[], id: string): TenantSettings {
  const tenant = tenants.find((candidate) => candidate.id === id);
  if (tenant !== undefined) return tenant;
  throw unknownTenant(
    id,
    tenants.map((candidate) => candidate.id),
  );
}

/** That nobody is called so, with the nearest name. */
export function unknownTenant(id: string, known: readonly string[]): AuditError {
  const nearest = closest(id, known);
  const meant = nearest === null ? '' : ` Did you mean ${nearest}?`;
  return new AuditError('tenant-unknown', `There is no such tenant: ${id}.${meant}`);
}
