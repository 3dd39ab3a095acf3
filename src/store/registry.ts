import { createHash } from 'node:crypto';
import { sql } from './sql.ts';
import { AuditError } from '../domain/errors.ts';
import type { TenantTx, Tx } from './db.ts';
import { type TenantSettings, upsertTenant } from './tenants.ts';

/** A tenant of the registry in the words of a config file. */
export interface Registration {
  readonly tenantId: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** All tenants of the registry, by id. */
export const readRegistrations = (tx: Tx): Promise<Registration[]> =>
  tx.rows<Registration>(sql`select tenant_id as "tenantId", settings from registration order by tenant_id`);

/** Takes a tenant into the registry. Throws `config-invalid` where its id or site came into it meanwhile. */
export async function addRegistration(
  tx: TenantTx,
  { settings, tenant }: { readonly settings: Registration['settings']; readonly tenant: TenantSettings },
): Promise<void> {
  const claimed = await tx.rows(sql`
    insert into fleet.site_claim (site_key) values (${siteKey(tenant.site)})
    on conflict (site_key) do nothing returning 1`);
  await upsertTenant(tx, tenant);
  const added = await tx.rows(sql`
    insert into registration (tenant_id, site, settings, added_at, updated_at)
    values (${tx.tenantId}, ${tenant.site}, ${JSON.stringify(settings)}::jsonb, ${tx.now}, ${tx.now})
    on conflict do nothing returning 1`);
  if (claimed.length === 1 && added.length === 1) return;
  const what = added.length === 0 ? 'its id' : 'its site';
  throw new AuditError(
    'config-invalid',
    `The tenant ${tx.tenantId} is not added: ${what} has just been registered by somebody else.`,
  );
}

const siteKey = (site: string): string => createHash('sha256').update(site).digest('base64url');

/** Takes a tenant out of the registry; its site may be registered again. */
export async function dropRegistration(tx: TenantTx): Promise<void> {
  const [gone] = await tx.rows<{ site: string }>(sql`
    delete from registration where tenant_id = ${tx.tenantId} returning site`);
  if (gone === undefined) return;
  await tx.rows(sql`delete from fleet.site_claim where site_key = ${siteKey(gone.site)}`);
}

/** Replaces the settings of a tenant; false where they are not what they were when they were read, and then nothing is changed. */
export async function changeRegistration(
  tx: TenantTx,
  {
    before,
    settings,
    tenant,
  }: Pick<Parameters<typeof addRegistration>[1], 'settings' | 'tenant'> & {
    readonly before: Registration['settings'];
  },
): Promise<boolean> {
  const changed = await tx.rows(sql`
    update registration set settings = ${JSON.stringify(settings)}::jsonb, updated_at = ${tx.now}
    where tenant_id = ${tx.tenantId} and settings = ${JSON.stringify(before)}::jsonb returning 1`);
  if (changed.length === 0) return false;
  await upsertTenant(tx, tenant);
  return true;
}

/** Disables or enables a tenant, for every process from its next request on; false where the registry has no such tenant. */
export async function switchTenant(tx: TenantTx, enabled: boolean): Promise<boolean> {
  const switched = await tx.rows(sql`
    with r as (
      update registration set settings = jsonb_set(settings, '{enabled}', to_jsonb(${enabled}::boolean)), updated_at = ${tx.now}
      where tenant_id = ${tx.tenantId} returning tenant_id
    )
    update tenant t set enabled = ${enabled}, updated_at = ${tx.now} from r where t.tenant_id = r.tenant_id returning 1`);
  return switched.length === 1;
}
