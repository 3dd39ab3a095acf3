import { type SQL, sql } from './sql.ts';
import type { Digest } from '../domain/alert.ts';
import { list } from './batch.ts';
import type { TenantTx, Tx } from './db.ts';

/** Where a message goes: a receiver of the settings, and there to one owner or, with `''`, to everybody. */
export interface Address {
  readonly receiver: string;
  readonly owner: string;
}

/** A message in the hands of one process. */
export interface ClaimedAlert extends Address {
  readonly alertId: string;
  readonly runIds: readonly string[];
  /** Null at the first attempt. */
  readonly digest: Digest | null;
  readonly attempts: number;
  readonly firstTriedAt: string;
}

/**
 * Adds a run to the message that waits for this address, or begins one. It is due at once, but not before the cool-down that began with
 * the first attempt at the message before. One that was tried already is left as it is: its receiver may have it.
 */
export async function queueAlert(
  tx: TenantTx,
  { receiver, owner }: Address,
  { alertId, runId, cooldownMs }: { readonly alertId: string; readonly runId: string; readonly cooldownMs: number },
): Promise<void> {
  const joined = await tx.rows(sql`
    update alert set run_ids = run_ids || ${list([runId])}
    where tenant_id = ${tx.tenantId} and receiver = ${receiver} and owner_account_id = ${owner} and state = 'waiting' and attempts = 0
    returning 1`);
  if (joined.length > 0) return;
  await tx.rows(sql`
    insert into alert (tenant_id, alert_id, receiver, owner_account_id, run_ids, state, created_at, due_at)
    select ${tx.tenantId}, ${alertId}, ${receiver}, ${owner}, ${list([runId])}, 'waiting', ${tx.now},
      greatest(${tx.now}, max(first_tried_at) + make_interval(secs => ${cooldownMs / 1_000}::float8))
    from alert
    where tenant_id = ${tx.tenantId} and receiver = ${receiver} and owner_account_id = ${owner} and state in ('waiting', 'sent')`);
}

/** The tenants of which a message is due, behind the fleet's door. */
export async function tenantsWithAlerts(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.rows<{ tenantId: string }>(sql`
    select tenant_id as "tenantId" from alert where ${isDue(tx)} group by tenant_id order by min(due_at), tenant_id`);
  return rows.map(({ tenantId }) => tenantId);
}

/** Takes the message that is due first under a lease; null where none is, or others have them all. */
export async function claimAlert(
  tx: TenantTx,
  {
    owner,
    leaseSeconds,
    except,
  }: { readonly owner: string; readonly leaseSeconds: number; readonly except: readonly string[] },
): Promise<ClaimedAlert | null> {
  const [claimed] = await tx.rows<ClaimedAlert>(sql`
    update alert set lease_owner = ${owner}, lease_until = ${tx.now} + make_interval(secs => ${leaseSeconds}::float8),
      attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, ${tx.now})
    where tenant_id = ${tx.tenantId} and alert_id = (
      select alert_id from alert
      where tenant_id = ${tx.tenantId} and receiver <> all(${list(except)}) and ${isDue(tx)}
      order by due_at, alert_id limit 1 for update skip locked)
    returning alert_id as "alertId", receiver, owner_account_id as owner, run_ids as "runIds", digest, attempts,
      first_tried_at as "firstTriedAt"`);
  return claimed ?? null;
}

/** Keeps what was composed, so that every further attempt says the same. */
export async function keepDigest(tx: TenantTx, digest: Digest): Promise<void> {
  await tx.rows(sql`
    update alert set digest = ${JSON.stringify(digest)}::jsonb where tenant_id = ${tx.tenantId} and alert_id = ${digest.id}`);
}

/** Ends a message; what it said is forgotten, since it may name people. False where the lease was lost to another process. */
export async function settleAlert(
  tx: TenantTx,
  { alertId, owner }: { readonly alertId: string; readonly owner: string },
  { state, error }: { readonly state: 'sent' | 'empty' | 'dead'; readonly error: string | null },
): Promise<boolean> {
  const settled = await tx.rows(sql`
    update alert set state = ${state}, settled_at = ${tx.now}, last_error = ${error}, digest = null, lease_owner = null, lease_until = null
    where tenant_id = ${tx.tenantId} and alert_id = ${alertId} and lease_owner = ${owner} and state = 'waiting' returning 1`);
  return settled.length > 0;
}

/** Puts a message off after an attempt that failed. */
export async function postponeAlert(
  tx: TenantTx,
  { alertId, owner }: { readonly alertId: string; readonly owner: string },
  { waitMs, error }: { readonly waitMs: number; readonly error: string },
): Promise<void> {
  await tx.rows(sql`
    update alert set due_at = ${tx.now} + make_interval(secs => ${waitMs / 1_000}::float8), last_error = ${error},
      lease_owner = null, lease_until = null
    where tenant_id = ${tx.tenantId} and alert_id = ${alertId} and lease_owner = ${owner} and state = 'waiting'`);
}

export interface AlertTrouble {
  readonly tenantId: string;
  readonly receiver: string;
  /** Given up within the last week. */
  readonly dead: number;
  /** Tried and still waiting. */
  readonly late: number;
  readonly lastError: string | null;
}

/** What could not be delivered, behind the fleet's door. */
export const alertTroubles = (tx: Tx): Promise<AlertTrouble[]> =>
  tx.rows<AlertTrouble>(sql`
    select tenant_id as "tenantId", receiver, count(*) filter (where state = 'dead')::int as dead,
      count(*) filter (where state = 'waiting')::int as late, (array_agg(last_error order by created_at desc))[1] as "lastError"
    from alert
    where (state = 'dead' and settled_at > ${tx.now} - interval '7 days') or (state = 'waiting' and attempts > 0 and last_error is not null)
    group by tenant_id, receiver order by tenant_id, receiver`);

const isDue = (tx: Tx): SQL =>
  sql`state = 'waiting' and due_at <= ${tx.now} and (lease_until is null or lease_until <= ${tx.now})`;
