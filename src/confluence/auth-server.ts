import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import { callHost, type HostRequest, unreachable } from './host-call.ts';
import { parseJson } from './json.ts';
import type { RawAnswer } from './transport.ts';

/** The registered app, with its secret. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Tokens {
  readonly accessToken: string;
  /** Null for the client-credentials grant, and where `offline_access` was not granted. */
  readonly refreshToken: string | null;
  readonly expiresAt: Date;
}

/** A site that a grant reaches; two sites of one grant may have different scopes. */
interface AccessibleSite {
  readonly cloudId: string;
  readonly url: string;
  readonly scopes: readonly string[];
}

export interface AuthServer {
  consentUrl(ask: { clientId: string; redirectUri: string; scopes: readonly string[]; state: string }): string;
  /** Never sent twice: a code is good for one use. Throws `consent-refused`. */
  exchangeCode(client: OAuthClient, code: string, redirectUri: string): Promise<Tokens>;
  /** A lost answer is asked for again: the token just used stays good for ten minutes. Throws `reauth-needed` where it is dead. */
  refresh(client: OAuthClient, refreshToken: string): Promise<Tokens>;
  clientCredentials(client: OAuthClient): Promise<Tokens>;
  accessibleSites(accessToken: string): Promise<readonly AccessibleSite[]>;
}

const ATTEMPTS = 3;
const GRANT_DEAD = /^(invalid_grant|unauthorized_client)$/;

const wireTokens = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.number().positive(),
});
const wireSites = z.array(z.looseObject({ id: z.string(), url: z.string(), scopes: z.array(z.string()) }));
const wireError = z.looseObject({ error: z.string().regex(/^[a-z_]{1,40}$/) });

/** Atlassian's authorization server: https://developer.atlassian.com/cloud/confluence/oauth-2-3lo-apps/ */
export function createAuthServer(deps: {
  readonly authBase: string;
  readonly apiBase: string;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  readonly roll: () => number;
}): AuthServer {
  const { authBase, apiBase, now, sleep, roll } = deps;

  /** 429 is a failure here, after the last attempt. */
  async function call(base: string, request: HostRequest): Promise<RawAnswer> {
    const raw = await callHost({ sleep, roll }, base, request);
    if (raw.status === 429) throw unreachable(base, request.path, raw.status);
    return raw;
  }

  async function token(
    body: Readonly<Record<string, string>>,
    { attempts, dead }: { attempts: number; dead: 'reauth-needed' | 'consent-refused' | 'app-refused' },
  ): Promise<Tokens> {
    const askedAt = now().getTime();
    const raw = await call(authBase, { method: 'POST', path: '/oauth/token', json: body, attempts });
    const json = parseJson(raw.text);
    const told = raw.status === 200 ? wireTokens.safeParse(json).data : undefined;
    if (told === undefined) throw refusal(authBase, raw.status, wireError.safeParse(json).data?.error ?? null, dead);
    return {
      accessToken: told.access_token,
      refreshToken: told.refresh_token ?? null,
      // From when it was asked for: a slow answer must not make it live longer.
      expiresAt: new Date(askedAt + told.expires_in * 1_000),
    };
  }

  return {
    consentUrl({ clientId, redirectUri, scopes, state }) {
      const url = new URL('/authorize', authBase);
      const asked = {
        audience: 'api.atlassian.com',
        client_id: clientId,
        scope: scopes.join(' '),
        redirect_uri: redirectUri,
        state,
        response_type: 'code',
        prompt: 'consent',
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      // A blank as %20, which every server reads alike.
      return url.href.replaceAll('+', '%20');
    },
    exchangeCode: (client, code, redirectUri) =>
      token(
        { grant_type: 'authorization_code', ...asClient(client), code, redirect_uri: redirectUri },
        { attempts: 1, dead: 'consent-refused' },
      ),
    refresh: (client, refreshToken) =>
      token(
        { grant_type: 'refresh_token', ...asClient(client), refresh_token: refreshToken },
        { attempts: ATTEMPTS, dead: 'reauth-needed' },
      ),
    clientCredentials: (client) =>
      token(
        { grant_type: 'client_credentials', ...asClient(client), audience: 'api.atlassian.com' },
        { attempts: ATTEMPTS, dead: 'app-refused' },
      ),
    async accessibleSites(accessToken) {
      const raw = await call(apiBase, {
        method: 'GET',
        path: '/oauth/token/accessible-resources',
        authorization: `Bearer ${accessToken}`,
        attempts: ATTEMPTS,
      });
      const told = raw.status === 200 ? wireSites.safeParse(parseJson(raw.text)).data : undefined;
      if (told === undefined) throw unreachable(apiBase, '/oauth/token/accessible-resources', raw.status);
      return told.map(({ id, url, scopes }) => ({ cloudId: id.toLowerCase(), url, scopes }));
    },
  };
}

const asClient = ({ clientId, clientSecret }: OAuthClient) => ({ client_id: clientId, client_secret: clientSecret });

/** The word `error` is of a closed kind and safe to repeat; the description is not. */
function refusal(
  authBase: string,
  status: number,
  error: string | null,
  dead: 'reauth-needed' | 'consent-refused' | 'app-refused',
): AuditError {
  const said = `POST ${authBase}/oauth/token: refused (status ${status}${error === null ? '' : `, ${error}`})`;
  if (status === 200) return unreachable(authBase, '/oauth/token', status);
  // A wrong secret answers 401 access_denied, a dead grant 403 unauthorized_client where RFC 6749 has invalid_grant.
  if (error !== null && GRANT_DEAD.test(error)) return new AuditError(dead, `${said}: the grant is not good any more.`);
  return new AuditError('app-refused', `${said}: the app is not accepted.`);
}
