import type { Environment } from '../../config/environment.ts';
import type { ResolvedConfig } from '../../config/load.ts';
import { readSecret, type SecretPlace } from '../../config/secrets.ts';
import type { TenantSettings } from '../../config/settings.ts';
import { createAuthServer, type OAuthClient } from '../confluence/auth-server.ts';
import { AuditError } from '../domain/errors.ts';
import type { Log } from '../runtime/log.ts';
import type { Store } from '../store/db.ts';
import { type KeyRing, parseKeyRing } from '../vault/key-ring.ts';
import { createVault, type Vault } from '../vault/vault.ts';
import { type Consent, createConsent } from './consent.ts';
import { createFreshToken, renewalOf, type Timed } from './fresh-token.ts';
import { renewGrant } from './renew-grant.ts';
import { openToken } from './token.ts';

/** How this process gets access tokens, and the consents behind them. */
export interface SignIn {
  /** The token of a tenant with `oauth` or `client-credentials`, renewed before it ends. */
  accessToken(tenant: TenantSettings): Promise<string>;
  /** The token of a tenant that lies sealed in the database. */
  sealedToken(tenant: TenantSettings): Promise<string>;
  /** Under the key ring as it is at this moment. Throws `keys-missing` where there is none. */
  vault(): Promise<Vault>;
  readonly consent: Consent;
}

interface SignInDeps {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly environment: Environment;
  readonly config: Pick<ResolvedConfig, 'apps' | 'folder'>;
  readonly cwd: string;
  readonly store: Store;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  readonly roll: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

/** The operator's keys, read anew each time, so that a ring in a file or behind a command may change. Throws `keys-missing`. */
export async function readKeyRing(
  { keyRing }: Pick<Environment, 'keyRing'>,
  place: Omit<SecretPlace, 'whose'>,
): Promise<KeyRing> {
  if (keyRing === null)
    throw new AuditError('keys-missing', 'A secret is only ever stored sealed, and there is no key.');
  return parseKeyRing(await readSecret(keyRing, { ...place, whose: 'the key ring' }));
}

/** Puts vault, authorization server and database together. Nothing is read before a tenant needs it. */
export function createSignIn(deps: SignInDeps): SignIn {
  const { variables, environment, config, cwd, now, roll } = deps;
  const server = createAuthServer({ ...deps, ...environment });
  const tokens = new Map<string, () => Promise<string>>();

  const vault = async (): Promise<Vault> =>
    createVault(await readKeyRing(environment, { env: variables, folder: cwd }));

  const appOf = (appId: string) => {
    const app = config.apps.find(({ id }) => id === appId);
    if (app === undefined) throw new AuditError('config-invalid', `There is no app ${appId}.`);
    const place = { whose: `app ${appId}`, env: variables, folder: config.folder };
    return {
      redirectUri: app.redirectUri ?? null,
      client: async (): Promise<OAuthClient> => ({
        clientId: await readSecret(app.clientId, place),
        clientSecret: await readSecret(app.clientSecret, place),
      }),
    };
  };

  /** One for each grant: a tenant's own with `oauth`, the app's with `client-credentials`. */
  const tokenFor = (key: string, renew: () => Promise<Timed>): Promise<string> => {
    const token = tokens.get(key) ?? createFreshToken({ renew, now });
    tokens.set(key, token);
    return token();
  };

  return {
    async accessToken({ id, site, auth }) {
      if (auth.type === 'oauth') {
        const { client } = appOf(auth.app);
        return tokenFor(`tenant ${id} ${site}`, () => renewGrant({ ...deps, vault, server }, { id, site }, client));
      }
      if (auth.type !== 'client-credentials') throw new Error(`Tenant ${id} signs in without an access token.`);
      const { client } = appOf(auth.app);
      return tokenFor(`app ${auth.app}`, async () => {
        const { accessToken, expiresAt } = await server.clientCredentials(await client());
        return { accessToken, renewAt: renewalOf(expiresAt, now(), roll()) };
      });
    },
    sealedToken: ({ id, site }) => openToken({ store: deps.store, vault }, { id, site }),
    vault,
    consent: createConsent({ ...deps, vault, server, appOf }),
  };
}
