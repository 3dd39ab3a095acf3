import { AuditError } from '../domain/errors.ts';
import { type NewSecret, readCredential } from '../store/credentials.ts';
import type { Store } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import { CREDENTIAL_ID, contextOf, type GrantOwner } from './grant.ts';

/** What a sealed API token or key is called in its envelope. */
const TOKEN = 'api-token';

/** The row of a token that is only ever stored sealed. */
export function sealToken(
  vault: Vault,
  owner: GrantOwner,
  token: string,
): NewSecret & { readonly credentialId: string; readonly purpose: string } {
  const { envelope, keyId } = vault.seal(token, contextOf(owner, TOKEN));
  return { credentialId: CREDENTIAL_ID, purpose: TOKEN, sealed: envelope, keyId, expiresAt: null };
}

/** The sealed token of a tenant, opened. Throws `token-missing`, `keys-missing` and `seal-broken`. */
export async function openToken(
  { store, vault }: { readonly store: Store; readonly vault: () => Promise<Vault> },
  owner: GrantOwner,
): Promise<string> {
  const saved = await store.withTenant(owner.id, (tx) => readCredential(tx, CREDENTIAL_ID));
  if (saved === null || saved.purpose !== TOKEN) {
    throw new AuditError('token-missing', `No token is sealed for tenant ${owner.id}.`);
  }
  return (await vault()).open(saved.sealed, contextOf(owner, TOKEN));
}
