import type { GatewayToken, WorldState } from './world/model.ts';
import type { Subject } from './world/visibility.ts';

/** Whom a request comes from; `stranger` brought nothing that is accepted. */
export type Caller = Subject | { readonly kind: 'stranger' };

/** By which way a request came: to the host of the site, or through Atlassian's gateway. */
export type Door = 'site' | 'gateway';

/** What an Authorization header says, before anybody believes it. */
export type Claim =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly email: string; readonly secret: string }
  | { readonly kind: 'bearer'; readonly secret: string };

export function claimIn(authorization: string | undefined): Claim {
  const [, scheme = '', value = ''] = /^(Basic|Bearer)\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  if (scheme === '') return { kind: 'none' };
  if (scheme.toLowerCase() === 'bearer') return { kind: 'bearer', secret: value };
  const [email = '', ...rest] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return { kind: 'basic', email, secret: rest.join(':') };
}

/** The living token of the gateway that a claim stands for; null where there is none. */
export function gatewayTokenOf(world: WorldState, claim: Claim, now: Date): GatewayToken | null {
  if (claim.kind === 'none') return null;
  const token = world.gatewayTokens.get(claim.secret);
  const email = claim.kind === 'basic' ? claim.email : null;
  const alive = token?.revoked === false && (token.expiresAt === null || new Date(token.expiresAt) > now);
  return alive && token.email === email ? token : null;
}

/** The site host takes plain tokens only, the gateway every kind. An account that was deactivated is as good as none. */
export function whoIs(
  world: WorldState,
  authorization: string | undefined,
  { door, now }: { readonly door: Door; readonly now: Date },
): Caller {
  const fallback: Caller = world.options.anonymousAccess ? { kind: 'anonymous' } : { kind: 'stranger' };
  const claim = claimIn(authorization);
  const plain = claim.kind === 'basic' ? world.credentials.get(claim.email) : undefined;
  const accepted = claim.kind === 'basic' && plain?.revoked === false && plain.token === claim.secret;
  const token = door === 'gateway' ? gatewayTokenOf(world, claim, now) : null;
  const account = world.accounts.get((accepted ? plain.accountId : token?.accountId) ?? '');
  return account?.accountStatus === 'active' ? { kind: 'user', account } : fallback;
}

export const accountIdOf = (caller: Caller): string | null =>
  caller.kind === 'user' ? caller.account.accountId : null;
