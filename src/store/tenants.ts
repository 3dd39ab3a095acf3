import { sql } from './sql.ts';
import { forgetCounts } from './counts.ts';
import type { Store, TenantTx, Tx } from './db.ts';

/** What the settings say of a tenant, wherever they stand. */
export interface TenantSettings {
  readonly tenantId: string;
  readonly site: string;
  readonly enabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly authType: string;
  readonly tokenExpiresAt: string | null;
  readonly cron: string | null;
  readonly timezone: string | null;
  /** Whether they stand in the registry, which itself says whether the tenant is enabled. */
  readonly registered?: boolean;
}

export interface SavedTenant extends TenantSettings {
  /** Whose credential it was when identity was last proven. */
  readonly accountId: string | null;
  readonly accountName: string | null;
  /** Of the site behind the address, when it was last looked up. */
  readonly cloudId: string | null;
  readonly lastSlotAt: string | null;
  readonly nextRunAt: string | null;
  /** When its data goes; null unless it was removed. */
  readonly deleteAfter: string | null;
}

/** Every tenant that was ever configured, by id. */
export const readTenants = (tx: Tx): Promise<SavedTenant[]> =>
  tx.rows<SavedTenant>(sql`
    select tenant_id as "tenantId", site, enabled, tags, auth_type as "authType", token_expires_at as "tokenExpiresAt",
      cron, timezone, account_id as "accountId", account_name as "accountName", cloud_id as "cloudId", last_slot_at as "lastSlotAt",
      next_run_at as "nextRunAt", delete_after as "deleteAfter"
    from tenant order by tenant_id`);

/** The address that the tenant's secrets are sealed for; null for a tenant that nobody knows. */
export async function siteOf(tx: TenantTx): Promise<string | null> {
  const [row] = await tx.rows<{ site: string }>(sql`select site from tenant where tenant_id = ${tx.tenantId}`);
  return row?.site ?? null;
}

/** Brings the tenants to what the settings say. One that they name no more is switched off, never deleted. */
export async function syncTenants(store: Store, settings: readonly TenantSettings[]): Promise<void> {
  const saved = new Map((await store.withFleet(readTenants)).map((tenant) => [tenant.tenantId, tenant]));
  for (const tenant of settings) {
    const before = saved.get(tenant.tenantId);
    saved.delete(tenant.tenantId);
    if (before && same(before, tenant) && before.deleteAfter === null) continue;
    const bring = tenant.registered === true ? updateRegistered : upsertTenant;
    await store.withTenant(tenant.tenantId, (tx) => bring(tx, tenant));
  }
  for (const gone of saved.values()) {
    if (gone.enabled) await store.withTenant(gone.tenantId, switchOff);
  }
}

/** Saves one tenant; one that was removed is back, with what is left of it, and not as it was counted. */
export async function upsertTenant(tx: TenantTx, tenant: TenantSettings): Promise<void> {
  const [removed] = await tx.rows(sql`
    select 1 from tenant where tenant_id = ${tx.tenantId} and delete_after is not null for update`);
  if (removed !== undefined) await forgetCounts(tx);
  await tx.rows(sql`
    insert into tenant (tenant_id, site, enabled, tags, auth_type, token_expires_at, cron, timezone, updated_at)
    values (${tx.tenantId}, ${tenant.site}, ${tenant.enabled}, ${JSON.stringify(tenant.tags)}::jsonb, ${tenant.authType},
      ${tenant.tokenExpiresAt}, ${tenant.cron}, ${tenant.timezone}, ${tx.now})
    on conflict (tenant_id) do update set site = excluded.site, enabled = excluded.enabled, tags = excluded.tags,
      auth_type = excluded.auth_type, token_expires_at = excluded.token_expires_at, cron = excluded.cron,
      timezone = excluded.timezone, delete_after = null, updated_at = excluded.updated_at`);
}

/**
 * The same for a tenant of the registry, except whether it is there and enabled: a process that read the registry a moment ago must
 * not bring back what somebody has disabled or removed since.
 */
async function updateRegistered(tx: TenantTx, tenant: TenantSettings): Promise<void> {
  await tx.rows(sql`
    update tenant set tags = ${JSON.stringify(tenant.tags)}::jsonb, auth_type = ${tenant.authType},
      token_expires_at = ${tenant.tokenExpiresAt}, cron = ${tenant.cron}, timezone = ${tenant.timezone}, updated_at = ${tx.now}
    where tenant_id = ${tx.tenantId} and delete_after is null`);
}

/** Whoever has read the registry before a tenant came into it does not switch that off. */
async function switchOff(tx: TenantTx): Promise<void> {
  await tx.rows(sql`
    update tenant set enabled = false, updated_at = ${tx.now}
    where tenant_id = ${tx.tenantId}
      and not exists (select 1 from registration r where r.tenant_id = tenant.tenant_id)`);
}

/** Whether the tenant may be asked for anything now; one that nobody knows may not. */
export async function isEnabled(tx: TenantTx): Promise<boolean> {
  const [row] = await tx.rows<{ enabled: boolean }>(sql`
    select enabled from tenant where tenant_id = ${tx.tenantId}`);
  return row?.enabled ?? false;
}

/** Remembers whose credential it is, and of which site where that was looked up, so that another one is noticed. */
export async function recordAccount(
  tx: TenantTx,
  { id, name, cloudId }: { id: string; name: string; cloudId: string | null },
): Promise<void> {
  await tx.rows(sql`
    update tenant
    set account_id = ${id}, account_name = ${name}, cloud_id = coalesce(${cloudId}, cloud_id), updated_at = ${tx.now}
    where tenant_id = ${tx.tenantId}
      and (account_id, account_name, cloud_id) is distinct from (${id}, ${name}, coalesce(${cloudId}, cloud_id))`);
}

/** Records that a slot of the schedule has been sent; false where it, or a later one, was recorded already. */
export async function noteSlot(tx: TenantTx, slot: { readonly at: Date; readonly next: Date }): Promise<boolean> {
  const taken = await tx.rows(sql`
    update tenant set last_slot_at = ${slot.at}, next_run_at = ${slot.next}
    where tenant_id = ${tx.tenantId} and (last_slot_at is null or last_slot_at < ${slot.at}) returning 1`);
  return taken.length === 1;
}

/** Remembers when the tenant is audited next. */
export async function noteNextRun(tx: TenantTx, next: Date): Promise<void> {
  await tx.rows(sql`
    update tenant set next_run_at = ${next} where tenant_id = ${tx.tenantId} and next_run_at is distinct from ${next}`);
}

const same = (saved: TenantSettings, wanted: TenantSettings): boolean => fingerprint(saved) === fingerprint(wanted);

function fingerprint({ site, enabled, tags, authType, tokenExpiresAt, cron, timezone }: TenantSettings): string {
  const expires = tokenExpiresAt === null ? null : Date.parse(tokenExpiresAt);
  const sortedTags = Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([site, enabled, sortedTags, authType, expires, cron, timezone]);
}
