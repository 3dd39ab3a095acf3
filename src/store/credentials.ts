import { type SQL, sql } from './sql.ts';
import type { TenantTx, Tx } from './db.ts';

/** A sealed secret as it lies in the database. */
export interface SavedCredential {
  readonly sealed: string;
  /** What it is sealed for. */
  readonly purpose: string;
  /** The moment of the database at which this was read: the one clock that all processes share. */
  readonly readAt: string;
  /** When an exchange was begun whose outcome was never saved; null where none was. */
  readonly exchangeBeganAt: string | null;
}

export interface NewSecret {
  readonly sealed: string;
  readonly keyId: string;
  readonly expiresAt: Date | null;
}

/** Who leases which credential. */
interface Lease {
  readonly credentialId: string;
  readonly by: string;
}

const columns = (tx: TenantTx): SQL =>
  sql`sealed, purpose, ${tx.now} as "readAt", exchange_began_at as "exchangeBeganAt"`;

export async function readCredential(tx: TenantTx, credentialId: string): Promise<SavedCredential | null> {
  const [row] = await tx.rows<SavedCredential>(sql`
    select ${columns(tx)} from credential where tenant_id = ${tx.tenantId} and credential_id = ${credentialId}`);
  return row ?? null;
}

/** The moment of the database. */
export async function readMoment(tx: TenantTx): Promise<Date> {
  const [row] = await tx.rows<{ now: string }>(sql`select ${tx.now} as now`);
  return new Date(row?.now ?? Number.NaN);
}

/** Puts a secret in the place of whatever was there; a lease on that ends. */
export async function putCredential(
  tx: TenantTx,
  secret: NewSecret & { readonly credentialId: string; readonly purpose: string },
): Promise<void> {
  await tx.rows(sql`
    insert into credential (tenant_id, credential_id, purpose, sealed, key_id, expires_at, updated_at)
    values (${tx.tenantId}, ${secret.credentialId}, ${secret.purpose}, ${secret.sealed}, ${secret.keyId},
      ${secret.expiresAt}, ${tx.now})
    on conflict (tenant_id, credential_id) do update set purpose = excluded.purpose, sealed = excluded.sealed,
      key_id = excluded.key_id, expires_at = excluded.expires_at, updated_at = excluded.updated_at,
      refreshing_by = null, refreshing_until = null, exchange_began_at = null`);
}

/** The right to exchange the secret for a new one, for so many seconds, with the secret as it is now; null while another holds it. */
export async function leaseCredential(
  tx: TenantTx,
  { credentialId, by, seconds }: Lease & { readonly seconds: number },
): Promise<SavedCredential | null> {
  const [row] = await tx.rows<SavedCredential>(sql`
    update credential
    set refreshing_by = ${by}, refreshing_until = ${tx.now} + make_interval(secs => ${seconds}::float8)
    where tenant_id = ${tx.tenantId} and credential_id = ${credentialId}
      and (refreshing_until is null or refreshing_until <= ${tx.now})
    returning ${columns(tx)}`);
  return row ?? null;
}

/** Notes, before the exchange, that it begins; false where the lease is lost. */
export async function noteExchange(tx: TenantTx, { credentialId, by }: Lease): Promise<boolean> {
  const held = await tx.rows(sql`
    update credential set exchange_began_at = coalesce(exchange_began_at, ${tx.now})
    where tenant_id = ${tx.tenantId} and credential_id = ${credentialId} and refreshing_by = ${by} returning 1`);
  return held.length === 1;
}

/** Saves what the exchange brought and ends the lease; false where the lease was lost, and then nothing is saved. */
export async function saveExchanged(tx: TenantTx, secret: NewSecret & Lease): Promise<boolean> {
  const held = await tx.rows(sql`
    update credential
    set sealed = ${secret.sealed}, key_id = ${secret.keyId}, expires_at = ${secret.expiresAt}, updated_at = ${tx.now},
      refreshing_by = null, refreshing_until = null, exchange_began_at = null
    where tenant_id = ${tx.tenantId} and credential_id = ${secret.credentialId} and refreshing_by = ${secret.by} returning 1`);
  return held.length === 1;
}

/** Gives the lease back without a new secret. */
export async function releaseCredential(tx: TenantTx, { credentialId, by }: Lease): Promise<void> {
  await tx.rows(sql`
    update credential set refreshing_by = null, refreshing_until = null
    where tenant_id = ${tx.tenantId} and credential_id = ${credentialId} and refreshing_by = ${by}`);
}

/** Deletes the secrets of the tenant, whatever they were for. */
export async function dropCredential(tx: TenantTx): Promise<void> {
  await tx.rows(sql`delete from credential where tenant_id = ${tx.tenantId}`);
}

/** Which key sealed which credential; what is sealed no door but the tenant's own shows. */
export interface SealedBy {
  readonly tenantId: string;
  readonly credentialId: string;
  readonly keyId: string;
}

/** Every credential of every tenant, by tenant. */
export const readSeals = (tx: Tx): Promise<SealedBy[]> =>
  tx.rows<SealedBy>(sql`
    select tenant_id as "tenantId", credential_id as "credentialId", key_id as "keyId"
    from credential order by tenant_id, credential_id`);

/** Puts the same secret under another key; false where it has been replaced meanwhile, and then nothing is changed. */
export async function rewrapCredential(
  tx: TenantTx,
  { credentialId, from, sealed, keyId }: Omit<NewSecret, 'expiresAt'> & { credentialId: string; from: string },
): Promise<boolean> {
  const rewrapped = await tx.rows(sql`
    update credential set sealed = ${sealed}, key_id = ${keyId}
    where tenant_id = ${tx.tenantId} and credential_id = ${credentialId} and sealed = ${from} returning 1`);
  return rewrapped.length === 1;
}
