import type { WorldState } from './world/model.ts';
import type { Subject } from './world/visibility.ts';

/** Whom a request comes from; `stranger` brought nothing that is accepted. */
export type Caller = Subject | { readonly kind: 'stranger' };

/**
 * Reads Basic credentials as the site host does. Tokens for the gateway (Bearer) are not accepted here, and an account that
 * was deactivated is as good as none.
 */
export function whoIs(world: WorldState, authorization: string | undefined): Caller {
  const fallback: Caller = world.options.anonymousAccess ? { kind: 'anonymous' } : { kind: 'stranger' };
  const [, encoded] = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return fallback;
  const [email = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const credential = world.credentials.get(email);
  if (credential === undefined || credential.revoked || credential.token !== rest.join(':')) return fallback;
  const account = world.accounts.get(credential.accountId);
  return account?.accountStatus === 'active' ? { kind: 'user', account } : fallback;
}

export const accountIdOf = (caller: Caller): string | null =>
  caller.kind === 'user' ? caller.account.accountId : null;
