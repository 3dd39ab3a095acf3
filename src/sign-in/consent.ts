import { randomBytes } from 'node:crypto';
import type { TenantSettings } from '../../config/settings.ts';
import type { AuthServer, OAuthClient } from '../confluence/auth-server.ts';
import { readCloudId } from '../confluence/cloud-id.ts';
import { REPORT_SCOPE } from '../confluence/personal-data.ts';
import { AuditError } from '../domain/errors.ts';
import { putCredential, readMoment } from '../store/credentials.ts';
import type { Store } from '../store/db.ts';
import { readTenants } from '../store/tenants.ts';
import type { Vault } from '../vault/vault.ts';
import { CREDENTIAL_ID, contextOf, grantOf, writeGrant } from './grant.ts';

/** A consent that somebody is being asked for. */
interface Asked {
  /** For the browser of somebody who may use the site. */
  readonly url: string;
  /** Takes the address to which the browser was sent back, and stores the grant. */
  readonly finish: (
    redirected: string,
    signal: AbortSignal,
  ) => Promise<{ readonly site: string; readonly scopes: readonly string[] }>;
}

export interface Consent {
  /** Throws `keys-missing` and `config-invalid` before anybody is asked. */
  begin(tenant: TenantSettings, scopes: readonly string[]): Promise<Asked>;
}

/** Without it there is no refresh token, and the grant ends after an hour. */
const OFFLINE = 'offline_access';

/** The consent of a person to an OAuth app (3LO): https://developer.atlassian.com/cloud/confluence/oauth-2-3lo-apps/ */
export function createConsent(deps: {
  readonly store: Store;
  readonly vault: () => Promise<Vault>;
  readonly server: AuthServer;
  readonly appOf: (id: string) => { readonly redirectUri: string | null; readonly client: () => Promise<OAuthClient> };
  readonly now: () => Date;
  readonly roll: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}): Consent {
  const { store, server } = deps;
  return {
    async begin(tenant, scopes) {
      const { id, site, auth } = tenant;
      if (auth.type !== 'oauth') {
        throw new AuditError('arguments-invalid', `Tenant ${id} signs in with ${auth.type}, which needs no consent.`);
      }
      const { redirectUri, client } = deps.appOf(auth.app);
      if (redirectUri === null) {
        throw new AuditError('config-invalid', `The app ${auth.app} has no redirectUri, so no consent can come back.`);
      }
      const vault = await deps.vault();
      const app = await client();
      const state = randomBytes(24).toString('base64url');
      const url = server.consentUrl({
        clientId: app.clientId,
        redirectUri,
        scopes: [...scopes, REPORT_SCOPE, OFFLINE],
        state,
      });
      return {
        url,
        finish: async (redirected, signal) => {
          const code = codeIn(redirected, { redirectUri, state });
          const [saved] = await store.withTenant(id, readTenants);
          const cloudId = await readCloudId({ site, sleep: deps.sleep, signal }, saved?.cloudId ?? null);
          const tokens = await server.exchangeCode(app, code, redirectUri);
          if (tokens.refreshToken === null) {
            throw new AuditError('consent-refused', `The grant has no refresh token: the app lacks ${OFFLINE}.`);
          }
          const granted = (await server.accessibleSites(tokens.accessToken)).find((each) => each.cloudId === cloudId);
          if (granted === undefined) {
            throw new AuditError('consent-refused', `The consent was given for other sites, not for ${site}.`);
          }
          const missing = scopes.filter((scope) => !granted.scopes.includes(scope));
          if (missing.length > 0) throw lacking(site, missing);
          const ahead = (await store.withTenant(id, readMoment)).getTime() - deps.now().getTime();
          const grant = grantOf(tokens, { ...deps, before: tokens.refreshToken, ahead });
          const { envelope, keyId } = vault.seal(writeGrant(grant), contextOf(tenant));
          const secret = { sealed: envelope, keyId, expiresAt: grant.expiresAt };
          const row = { ...secret, credentialId: CREDENTIAL_ID, purpose: contextOf(tenant).purpose };
          await store.withTenant(id, (tx) => putCredential(tx, row));
          return { site, scopes: granted.scopes };
        },
      };
    },
  };
}

/** The code in the address to which the browser was sent back; nothing of that address is repeated. */
function codeIn(redirected: string, expected: { readonly redirectUri: string; readonly state: string }): string {
  const url = URL.canParse(redirected) ? new URL(redirected) : null;
  const wanted = new URL(expected.redirectUri);
  if (url === null || url.origin !== wanted.origin || url.pathname !== wanted.pathname) {
    throw new AuditError('consent-refused', `This is not the address that begins with ${expected.redirectUri}.`);
  }
  if (url.searchParams.get('state') !== expected.state) {
    throw new AuditError(
      'consent-refused',
      'This address answers another question: its state is not the one just given.',
    );
  }
  const code = url.searchParams.get('code') ?? '';
  if (code === '') throw new AuditError('consent-refused', 'Consent was not given.');
  return code;
}

const lacking = (site: string, missing: readonly string[]): AuditError =>
  new AuditError(
    'scope-missing',
    `On ${site} the grant lacks ${missing.join(', ')}: add them to the app in the developer console and consent again.`,
  );
