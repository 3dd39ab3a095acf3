import type { TenantSettings } from './settings.ts';
import { AuditError } from '../src/domain/errors.ts';
import { closest } from '../src/domain/closest.ts';

/** The enabled tenants that the flags ask for. A tenant named by id must exist and be enabled; otherwise its name was a mistake. */
export function chooseTenants(
  tenants: readonly TenantSettings[],
  { ids, tag }: { readonly ids: readonly string[] | undefined; readonly tag: string | undefined },
): readonly TenantSettings[] {
  const known = tenants.map((tenant) => tenant.id);
  const named = ids?.map((id) => {
    const tenant = tenants.find((candidate) => candidate.id === id);
    if (tenant === undefined) {
      const nearest = closest(id, known);
      throw new AuditError(
        'tenant-unknown',
        `--tenant ${id}: no such tenant is configured${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
      );
    }
    if (!tenant.enabled) {
      throw new AuditError(
        'tenant-unknown',
        `--tenant ${id}: the tenant is disabled; set enabled: true in its settings.`,
      );
    }
    return tenant;
  });
  const [key = '', ...value] = tag?.split(':') ?? [];
  const chosen = (named ?? tenants.filter((tenant) => tenant.enabled)).filter(
    (tenant) => tag === undefined || tenant.tags[key] === value.join(':'),
  );
  if (chosen.length === 0) {
    throw new AuditError(
      'tenant-unknown',
      tag === undefined ? 'No enabled tenant is configured.' : `--tag ${tag}: no enabled tenant has this tag.`,
    );
  }
  return chosen;
}
