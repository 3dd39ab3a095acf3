import { sql } from 'drizzle-orm/sql';
import type { Store, TenantTx, Tx } from './db.ts';

/** What the configuration says of a tenant. */
export interface TenantSettings {
  readonly tenantId: string;
  readonly site: string;
  readonly enabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly authType: string;
  readonly tokenExpiresAt: string | null;
  readonly cron: string | null;
  readonly timezone: string | null;
}

export interface SavedTenant extends TenantSettings {
  /** Whose credential it was when identity was last proven. */
  readonly accountId: string | null;
  readonly accountName: string | null;
  /** Of the site behind the address, when it was last looked up. */
  readonly cloudId: string | null;
  readonly lastSlotAt: string | null;
  readonly nextRunAt: string | null;
}

/** Every tenant that was ever configured, by id. */
export const readTenants = (tx: Tx): Promise<SavedTenant[]> =>
  tx.rows<SavedTenant>(sql`
    select tenant_id as "tenantId", site, enabled, tags, auth_type as "authType", token_expires_at as "tokenExpiresAt",
      cron, timezone, account_id as "accountId", account_name as "accountName", cloud_id as "cloudId", last_slot_at as "lastSlotAt",
      next_run_at as "nextRunAt"
    from tenant order by tenant_id`);

/** Brings the registry to what the configuration says. A tenant that it names no more is switched off, never deleted. */
export async function syncTenants(store: Store, settings: readonly TenantSettings[]): Promise<void> {
  const saved = new Map((await store.withFleet(readTenants)).map((tenant) => [tenant.tenantId, tenant]));
  for (const tenant of settings) {
    const before = saved.get(tenant.tenantId);
    saved.delete(tenant.tenantId);
    if (before && same(before, tenant)) continue;
    await store.withTenant(tenant.tenantId, (tx) => upsertTenant(tx, tenant));
  }
  for (const gone of saved.values()) {
    if (gone.enabled) await store.withTenant(gone.tenantId, (tx) => upsertTenant(tx, { ...gone, enabled: false }));
  }
}

/** Saves one tenant. */
export async function upsertTenant(tx: TenantTx, tenant: TenantSettings): Promise<void> {
  await tx.rows(sql`
    insert into tenant (tenant_id, site, enabled, tags, auth_type, token_expires_at, cron, timezone, updated_at)
    values (${tx.tenantId}, ${tenant.site}, ${tenant.enabled}, ${JSON.stringify(tenant.tags)}::jsonb, ${tenant.authType},
      ${tenant.tokenExpiresAt}, ${tenant.cron}, ${tenant.timezone}, ${tx.now})
    on conflict (tenant_id) do update set site = excluded.site, enabled = excluded.enabled, tags = excluded.tags,
      auth_type = excluded.auth_type, token_expires_at = excluded.token_expires_at, cron = excluded.cron,
      timezone = excluded.timezone, updated_at = excluded.updated_at`);
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
