import { type SQL, sql } from './sql.ts';
import { dropCredential } from './credentials.ts';
import { dropRegistration } from './registry.ts';
import type { Store, TenantTx, Tx } from './db.ts';

/** Rows of one transaction; whoever waits for the tenant waits for no more than that. */
const BATCH = 5_000;

/**
 * What is deleted of a removed tenant, in an order in which nothing points to what is gone. The audit trail is not among it: it holds
 * no content, tells who removed the tenant, and ends by its own age.
 */
export const TABLES_OF_A_TENANT = [
  'page_write',
  'plan',
  'finding_event',
  'finding',
  'mute',
  'unjudged',
  'page_link',
  'attachment',
  'comment',
  'permission_check',
  'page',
  'space',
  'account',
  'rule_profile',
  'walk_step',
  'alert',
  'space_count',
  'finding_day',
  'usage_day',
  'run',
  'app_points',
  'credential',
  'registration',
] as const;

/**
 * Takes the tenant out of the registry: its credential is deleted with this transaction, it is disabled for every process, and its data
 * is due so many seconds from now. Returns that moment; null where there is no such tenant.
 */
export async function removeTenant(tx: TenantTx, graceSeconds: number): Promise<string | null> {
  await dropCredential(tx);
  await dropRegistration(tx);
  const [row] = await tx.rows<{ due: string }>(sql`
    update tenant set enabled = false, updated_at = ${tx.now},
      delete_after = ${tx.now} + make_interval(secs => ${graceSeconds}::float8)
    where tenant_id = ${tx.tenantId} returning delete_after as due`);
  return row?.due ?? null;
}

/** The removed tenants whose time has come, the oldest first. */
async function dueRemovals(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.rows<{ tenantId: string }>(sql`
    select tenant_id as "tenantId" from tenant where delete_after <= ${tx.now} order by delete_after, tenant_id`);
  return rows.map(({ tenantId }) => tenantId);
}

/**
 * Deletes one batch of a removed tenant's rows, the tenant itself last; returns how many, 0 once nothing is left. Touches nothing of a
 * tenant that is not due, so one that was added again in between keeps what is left.
 */
export async function deleteTenantBatch(tx: TenantTx): Promise<number> {
  const [due] = await tx.rows(sql`
    select 1 from tenant where tenant_id = ${tx.tenantId} and delete_after <= ${tx.now} for update`);
  if (due === undefined) return 0;
  for (const table of TABLES_OF_A_TENANT) {
    const [gone] = await tx.rows<{ count: number }>(sql`
      with gone as (${deletion(tx, table)} returning 1) select count(*)::integer as count from gone`);
    if (gone !== undefined && gone.count > 0) return gone.count;
  }
  return (await tx.rows(sql`delete from tenant where tenant_id = ${tx.tenantId} returning 1`)).length;
}

/** By its place in the table, which costs no sorting; the places of a table in parts are those of no single file. */
function deletion({ tenantId }: TenantTx, table: (typeof TABLES_OF_A_TENANT)[number]): SQL {
  const name = sql.identifier(table);
  if (table === 'finding_event') {
    return sql`delete from ${name} where tenant_id = ${tenantId} and (at, event_id) in (
      select at, event_id from ${name} where tenant_id = ${tenantId} limit ${BATCH})`;
  }
  return sql`delete from ${name} where tenant_id = ${tenantId} and ctid = any(array(
    select ctid from ${name} where tenant_id = ${tenantId} limit ${BATCH}))`;
}

/** Deletes everything of the removed tenants whose time has come, a batch a transaction; a stop loses nothing. Returns the rows of each. */
export async function deleteDueTenants(
  store: Store,
  signal: AbortSignal,
): Promise<readonly { readonly tenantId: string; readonly rows: number }[]> {
  const deleted: { tenantId: string; rows: number }[] = [];
  for (const tenantId of await store.withFleet(dueRemovals)) {
    let rows = 0;
    while (!signal.aborted) {
      const batch = await store.withTenant(tenantId, deleteTenantBatch);
      if (batch === 0) break;
      rows += batch;
    }
    deleted.push({ tenantId, rows });
  }
  return deleted;
}
