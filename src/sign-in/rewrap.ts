import { type AuditError, asAuditError } from '../domain/errors.ts';
import { readCredential, readSeals, rewrapCredential, type SealedBy } from '../store/credentials.ts';
import type { Store } from '../store/db.ts';
import { siteOf } from '../store/tenants.ts';
import type { Vault } from '../vault/vault.ts';

export interface Rewrapped {
  readonly rewrapped: number;
  /** How many still need a key other than the first, by its id. */
  readonly left: ReadonlyMap<string, number>;
  /** Those that did not open, with the reason. */
  readonly failures: readonly { readonly tenantId: string; readonly error: AuditError }[];
}

const AT_ONCE = 4;

/**
 * Puts every secret under the first key of the ring, while everything goes on: one short transaction each, and what somebody replaces
 * meanwhile is left to them. May be stopped and run again; only what is left is looked at.
 */
export async function rewrapAll(deps: {
  readonly store: Store;
  readonly vault: Vault;
  readonly sealingId: string;
  readonly signal: AbortSignal;
}): Promise<Rewrapped> {
  const { store, sealingId, signal } = deps;
  const failures: { tenantId: string; error: AuditError }[] = [];
  let rewrapped = 0;
  const one = async (seal: SealedBy): Promise<void> => {
    if (signal.aborted) return;
    try {
      if (await rewrap(deps, seal)) rewrapped += 1;
    } catch (error) {
      const known = asAuditError(error);
      if (known?.code !== 'seal-broken') throw error;
      failures.push({ tenantId: seal.tenantId, error: known });
    }
  };
  const due = await old(store, sealingId);
  for (let start = 0; start < due.length; start += AT_ONCE) {
    await Promise.all(due.slice(start, start + AT_ONCE).map(one));
  }
  const left = new Map<string, number>();
  for (const { keyId } of await old(store, sealingId)) left.set(keyId, (left.get(keyId) ?? 0) + 1);
  return { rewrapped, left, failures };
}

const old = async (store: Store, sealingId: string): Promise<readonly SealedBy[]> =>
  (await store.withFleet(readSeals)).filter(({ keyId }) => keyId !== sealingId);

function rewrap({ store, vault }: Parameters<typeof rewrapAll>[0], { tenantId, credentialId }: SealedBy) {
  return store.withTenant(tenantId, async (tx) => {
    const saved = await readCredential(tx, credentialId);
    const site = await siteOf(tx);
    if (saved === null || site === null) return false;
    const context = { tenantId, site, credentialId, purpose: saved.purpose };
    const { envelope, keyId } = vault.seal(vault.open(saved.sealed, context), context);
    return rewrapCredential(tx, { credentialId, from: saved.sealed, sealed: envelope, keyId });
  });
}
