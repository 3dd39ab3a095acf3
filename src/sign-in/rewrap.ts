import { type AuditError, asAuditError } from '../domain/errors.ts';
import { readCredential, readSeals, rewrapCredential, type SealedBy } from '../store/credentials.ts';
import type { Store, TenantTx } from '../store/db.ts';
import { siteOf } from '../store/tenants.ts';
import type { Vault } from '../vault/vault.ts';

export interface Rewrapped {
  readonly rewrapped: number;
  /** How many still need a key other than the first, by its id. */
  readonly left: ReadonlyMap<string, number>;
  /** Those that did not open, with the reason. */
  readonly failures: readonly { readonly tenantId: string; readonly error: AuditError }[];
}

/** Secrets of one transaction: few enough that a worker which wants one of them waits for a moment only. */
const BATCH = 50;

/**
 * Puts every secret under the first key of the ring, while everything goes on: short transactions, and what somebody replaces meanwhile
 * is left to them. May be stopped and run again; only what is left is looked at.
 */
export async function rewrapAll(deps: {
  readonly store: Store;
  readonly vault: Vault;
  readonly sealingId: string;
  readonly signal: AbortSignal;
}): Promise<Rewrapped> {
  const { store, vault, sealingId, signal } = deps;
  const failures: { tenantId: string; error: AuditError }[] = [];
  let rewrapped = 0;
  const due = Map.groupBy(await old(store, sealingId), ({ tenantId }) => tenantId);
  const tenants = [...due.keys()];
  for (let start = 0; start < tenants.length && !signal.aborted; start += BATCH) {
    await store.withTenants(tenants.slice(start, start + BATCH), async (tx) => {
      for (const { tenantId, credentialId } of due.get(tx.tenantId) ?? []) {
        try {
          if (await rewrap(tx, vault, credentialId)) rewrapped += 1;
        } catch (error) {
          const known = asAuditError(error);
          if (known?.code !== 'seal-broken') throw error;
          failures.push({ tenantId, error: known });
        }
      }
    });
  }
  const left = new Map<string, number>();
  for (const { keyId } of await old(store, sealingId)) left.set(keyId, (left.get(keyId) ?? 0) + 1);
  return { rewrapped, left, failures };
}

const old = async (store: Store, sealingId: string): Promise<readonly SealedBy[]> =>
  (await store.withFleet(readSeals)).filter(({ keyId }) => keyId !== sealingId);

async function rewrap(tx: TenantTx, vault: Vault, credentialId: string): Promise<boolean> {
  const { tenantId } = tx;
  const saved = await readCredential(tx, credentialId);
  const site = await siteOf(tx);
  if (saved === null || site === null) return false;
  const context = { tenantId, site, credentialId, purpose: saved.purpose };
  const { envelope, keyId } = vault.seal(vault.open(saved.sealed, context), context);
  return rewrapCredential(tx, { credentialId, from: saved.sealed, sealed: envelope, keyId });
}
