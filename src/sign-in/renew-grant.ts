import type { AuthServer, OAuthClient } from '../confluence/auth-server.ts';
import { AuditError, asAuditError } from '../domain/errors.ts';
import type { Log } from '../runtime/log.ts';
import { leaseCredential, noteExchange, readCredential } from '../store/credentials.ts';
import { releaseCredential, type SavedCredential, saveExchanged } from '../store/credentials.ts';
import type { Store, TenantTx } from '../store/db.ts';
import type { Vault } from '../vault/vault.ts';
import {
  CREDENTIAL_ID,
  contextOf,
  type Grant,
  grantOf,
  type GrantOwner,
  later,
  readGrant,
  writeGrant,
} from './grant.ts';

export interface RenewDeps {
  readonly store: Store;
  readonly vault: () => Promise<Vault>;
  readonly server: Pick<AuthServer, 'refresh'>;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  readonly roll: () => number;
  /** A fresh name for each lease. */
  readonly newId: () => string;
  readonly log: Log;
}

/** Longer than all attempts at the authorization server together. */
const LEASE_SECONDS = 120;
const LOOK_AGAIN_MS = 500;
/** A lease ends in between, so this many looks find it free. */
const LOOKS = (LEASE_SECONDS * 1_000) / LOOK_AGAIN_MS + 10;

/**
 * A grant of the tenant that lives a while longer, from the database or from the authorization server. Of all processes one
 * exchanges at a time, and the new refresh token is saved before anybody uses what came with it. Throws `reauth-needed`.
 */
export async function renewGrant(
  deps: RenewDeps,
  owner: GrantOwner,
  client: () => Promise<OAuthClient>,
): Promise<Grant> {
  const { store, sleep, roll, newId } = deps;
  const inTenant = <T>(work: (tx: TenantTx) => Promise<T>): Promise<T> => store.withTenant(owner.id, work);
  for (let look = 0; look < LOOKS; look += 1) {
    const saved = await inTenant((tx) => readCredential(tx, CREDENTIAL_ID));
    if (saved === null) throw new AuditError('reauth-needed', `Tenant ${owner.id} has no grant yet.`);
    const grant = await opened(deps, owner, saved);
    if (isFresh(saved, grant)) return byOurClock(deps, saved, grant);
    const lease = { credentialId: CREDENTIAL_ID, by: newId() };
    const leased = await inTenant((tx) => leaseCredential(tx, { ...lease, seconds: LEASE_SECONDS }));
    if (leased !== null) {
      try {
        return await exchange(deps, owner, { leased, lease, client });
      } catch (error) {
        await inTenant((tx) => releaseCredential(tx, lease)).catch(() => undefined);
        throw error;
      }
    }
    await sleep(LOOK_AGAIN_MS * (1 + roll()));
  }
  throw new AuditError(
    'auth-server-unreachable',
    `Another worker renews the grant of tenant ${owner.id} and does not end.`,
  );
}

async function exchange(
  deps: RenewDeps,
  owner: GrantOwner,
  held: {
    readonly leased: SavedCredential;
    readonly lease: { readonly credentialId: string; readonly by: string };
    readonly client: () => Promise<OAuthClient>;
  },
): Promise<Grant> {
  const { store, server, log } = deps;
  const { leased, lease, client } = held;
  // Somebody may have renewed it between the first look and the lease.
  const before = await opened(deps, owner, leased);
  if (isFresh(leased, before)) {
    await store.withTenant(owner.id, (tx) => releaseCredential(tx, lease));
    return byOurClock(deps, leased, before);
  }
  const ahead = aheadOf(deps, leased);
  const app = await client();
  await store.withTenant(owner.id, (tx) => noteExchange(tx, lease));
  const tokens = await server.refresh(app, before.refreshToken).catch(async (error: unknown) => {
    if (asAuditError(error)?.code !== 'reauth-needed') throw error;
    const now = await store.withTenant(owner.id, (tx) => readCredential(tx, CREDENTIAL_ID));
    // Replaced meanwhile: by a new consent, or by a worker whose lease had ended. Another key alone makes no other token.
    if (now !== null && (await opened(deps, owner, now)).refreshToken !== before.refreshToken) return null;
    log.error('The grant is dead: the customer has to consent again', { tenant: owner.id, code: 'reauth-needed' });
    throw dead(owner, leased, error);
  });
  if (tokens === null) return renewedElsewhere(deps, owner);
  const grant = grantOf(tokens, { ...deps, before: before.refreshToken, ahead });
  const { envelope, keyId } = (await deps.vault()).seal(writeGrant(grant), contextOf(owner));
  const secret = { ...lease, sealed: envelope, keyId, expiresAt: grant.expiresAt };
  const saved = await store.withTenant(owner.id, (tx) => saveExchanged(tx, secret));
  return saved ? { ...grant, renewAt: later(grant.renewAt, -ahead) } : renewedElsewhere(deps, owner);
}

async function renewedElsewhere(deps: RenewDeps, owner: GrantOwner): Promise<Grant> {
  const saved = await deps.store.withTenant(owner.id, (tx) => readCredential(tx, CREDENTIAL_ID));
  if (saved === null) throw new AuditError('reauth-needed', `The grant of tenant ${owner.id} was removed.`);
  return byOurClock(deps, saved, await opened(deps, owner, saved));
}

const opened = async ({ vault }: RenewDeps, owner: GrantOwner, { sealed }: SavedCredential): Promise<Grant> =>
  readGrant((await vault()).open(sealed, contextOf(owner)));

const isFresh = ({ readAt }: SavedCredential, { renewAt }: Grant): boolean => new Date(readAt) < renewAt;

const aheadOf = ({ now }: RenewDeps, { readAt }: SavedCredential): number => Date.parse(readAt) - now().getTime();

/** The grant with the moment of its renewal by the clock of this process, which may show another time than the database. */
const byOurClock = (deps: RenewDeps, saved: SavedCredential, grant: Grant): Grant => ({
  ...grant,
  renewAt: later(grant.renewAt, -aheadOf(deps, saved)),
});

function dead({ id }: GrantOwner, { exchangeBeganAt }: SavedCredential, cause: unknown): AuditError {
  const lost =
    exchangeBeganAt === null
      ? ''
      : ` A renewal begun at ${new Date(exchangeBeganAt).toISOString()} was never saved, so its token was lost.`;
  return new AuditError(
    'reauth-needed',
    `The grant of tenant ${id} is dead: it was withdrawn, replaced or unused.${lost}`,
    {
      cause,
    },
  );
}
