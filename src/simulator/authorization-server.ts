import type { GatewaySite } from './atlassian.ts';
import { answer, type SimResponse } from './api/answers.ts';
import { CANARY } from './canary.ts';
import { claimIn, gatewayTokenOf } from './identity.ts';
import { answerReport, type PersonalData } from './personal-data.ts';
import type { SimRequest } from './routes.ts';
import { stableUuid } from './world/identifiers.ts';

/** An app of the developer console, or the OAuth credential of a service account (no redirectUri). */
interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string | null;
  /** The account on each site that a `client_credentials` token acts as, by cloud id. */
  readonly accounts?: Readonly<Record<string, string>>;
  readonly scopes?: readonly string[];
}

/** What somebody consented to: on which site, as whom, with which scopes. */
interface Reach {
  readonly cloudId: string;
  readonly accountId: string;
  readonly scopes: readonly string[];
}

interface Family {
  readonly clientId: string;
  readonly reaches: readonly Reach[];
  withdrawn: boolean;
}

interface RefreshToken {
  readonly family: Family;
  /** When it was first exchanged; null while it is the newest. */
  usedAt: number | null;
}

export interface AuthorizationServer {
  addApp(app: App): void;
  /** What a person does with a consent address: accepts it for these sites. Gives the address to which the browser is sent. */
  consent(
    address: string,
    reaches: readonly { site: GatewaySite; accountId: string; scopes?: readonly string[] }[],
  ): string;
  /** The person takes every consent back. */
  withdraw(): void;
  /** The next answers of the token endpoint are made and then lost on the way. */
  loseAnswers(count: number): void;
  /** The grant types that were exchanged with success, in order. */
  readonly exchanges: readonly string[];
  readonly tokenLifeSeconds: number;
  readonly personalData: PersonalData;
}

const HOUR_S = 3_600;
/** How long a refresh token that was just used still works: staff raised it from seconds to ten minutes. */
const REUSE_MS = 10 * 60_000;

const refused = (status: number, error: string, why: string): SimResponse =>
  answer(status, { error, error_description: why });

/** The authorization server as measured: rotation, a reuse window, and error codes that differ from RFC 6749. */
export function createAuthorizationServer({
  sites,
  now,
  url,
}: {
  readonly sites: readonly GatewaySite[];
  readonly now: () => Date;
  readonly url: string;
}): { readonly server: AuthorizationServer; readonly respond: (request: SimRequest) => SimResponse } {
  const apps = new Map<string, App>();
  const codes = new Map<string, Family>();
  const refreshTokens = new Map<string, RefreshToken>();
  const exchanges: string[] = [];
  const personalData: PersonalData = { reports: [], changed: new Set(), busySeconds: null };
  let made = 0;
  let toLose = 0;

  const newToken = (kind: string): string => `${CANARY}-${kind}-${stableUuid(url, kind, String((made += 1)))}`;

  /** An access token that each reached site knows from now on. */
  const accessToken = (reaches: readonly Reach[]): string => {
    const token = newToken('access');
    const expiresAt = new Date(now().getTime() + HOUR_S * 1_000).toISOString();
    for (const { cloudId, accountId, scopes } of reaches) {
      const site = sites.find(({ world }) => world.cloudId === cloudId);
      site?.world.addGatewayToken({ token, accountId, scopes, expiresAt });
    }
    return token;
  };

  const issue = (family: Family, grantType: string): SimResponse => {
    const refresh = newToken('refresh');
    refreshTokens.set(refresh, { family, usedAt: null });
    exchanges.push(grantType);
    const scope = [...new Set(family.reaches.flatMap(({ scopes }) => scopes))].join(' ');
    const tokens = { access_token: accessToken(family.reaches), refresh_token: refresh, scope };
    return answer(200, { ...tokens, expires_in: HOUR_S, token_type: 'Bearer' });
  };

  const byGrant: Record<string, (app: App, body: Record<string, string>) => SimResponse> = {
    authorization_code(app, { code = '', redirect_uri }) {
      const family = codes.get(code);
      codes.delete(code);
      if (family?.clientId !== app.clientId || redirect_uri !== app.redirectUri)
        return refused(403, 'invalid_grant', 'Invalid authorization code');
      return issue(family, 'authorization_code');
    },
    refresh_token(app, { refresh_token = '' }) {
      const token = refreshTokens.get(refresh_token);
      const at = now().getTime();
      const spent = token?.usedAt !== undefined && token.usedAt !== null && at - token.usedAt > REUSE_MS;
      if (token?.family.clientId !== app.clientId || token.family.withdrawn || spent)
        return refused(403, 'unauthorized_client', 'refresh_token is invalid');
      token.usedAt ??= at;
      return issue(token.family, 'refresh_token');
    },
    client_credentials({ accounts = {}, scopes = [] }) {
      const reaches = Object.entries(accounts).map(([cloudId, accountId]) => ({ cloudId, accountId, scopes }));
      if (reaches.length === 0) return refused(403, 'unauthorized_client', 'Grant type not allowed for the client');
      exchanges.push('client_credentials');
      return answer(200, { access_token: accessToken(reaches), expires_in: HOUR_S, token_type: 'Bearer' });
    },
  };

  const exchange = ({ body }: SimRequest): SimResponse => {
    let given: Record<string, string>;
    try {
      given = JSON.parse(body) as Record<string, string>;
    } catch {
      return refused(400, 'invalid_request', 'the body is not JSON');
    }
    const app = apps.get(given['client_id'] ?? '');
    if (app === undefined || app.clientSecret !== given['client_secret'])
      return refused(401, 'access_denied', 'Unauthorized');
    const byType = byGrant[given['grant_type'] ?? ''];
    return byType?.(app, given) ?? refused(403, 'unsupported_grant_type', 'Unsupported grant type');
  };

  const resources = (request: SimRequest): SimResponse => {
    const claim = claimIn(request.headers['authorization']);
    const reached = sites.flatMap(({ world, url: site }) => {
      const token = gatewayTokenOf(world, claim, now());
      return token === null
        ? []
        : [{ id: world.cloudId, url: site, name: world.id, scopes: token.scopes, avatarUrl: `${url}/avatar.png` }];
    });
    return reached.length > 0 ? answer(200, reached) : answer(401, { code: 401, message: 'Unauthorized' });
  };

  const respond = (request: SimRequest): SimResponse => {
    const route = `${request.method} ${request.target}`;
    if (route === 'GET /oauth/token/accessible-resources') return resources(request);
    if (route === 'POST /app/report-accounts/') return answerReport(request, { sites, personalData, now });
    if (route !== 'POST /oauth/token') return answer(404, { code: 404, message: 'Not Found' });
    const response = exchange(request);
    if (toLose === 0) return response;
    toLose -= 1;
    return { ...response, cut: 'before' };
  };

  const server: AuthorizationServer = {
    exchanges,
    personalData,
    tokenLifeSeconds: HOUR_S,
    addApp: (app) => void apps.set(app.clientId, app),
    loseAnswers: (count) => {
      toLose = count;
    },
    withdraw() {
      for (const { family } of refreshTokens.values()) family.withdrawn = true;
    },
    consent(address, reaches) {
      const asked = new URL(address).searchParams;
      const app = apps.get(asked.get('client_id') ?? '');
      const redirectUri = app?.redirectUri ?? null;
      const fits = redirectUri === asked.get('redirect_uri') && asked.get('response_type') === 'code';
      if (app === undefined || redirectUri === null || !fits || asked.get('audience') !== 'api.atlassian.com')
        throw new Error('This is no consent address of a known app.');
      const scopes = (asked.get('scope') ?? '').split(' ').filter((scope) => scope !== 'offline_access');
      const code = newToken('code');
      codes.set(code, {
        clientId: app.clientId,
        withdrawn: false,
        reaches: reaches.map(({ site, ...reach }) => ({ cloudId: site.world.cloudId, scopes, ...reach })),
      });
      return `${redirectUri}?${new URLSearchParams({ state: asked.get('state') ?? '', code }).toString()}`;
    },
  };
  return { server, respond };
}
