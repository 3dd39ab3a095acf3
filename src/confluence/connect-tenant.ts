import { readSecret } from '../../config/secrets.ts';
import type { TokenRef } from '../../config/secret-ref.ts';
import type { TenantSettings } from '../../config/settings.ts';
import { type Credential, goesThroughGateway } from '../domain/credential.ts';
import { createAuthorize } from './auth.ts';
import { type Confluence, createConfluence } from './client.ts';
import { readCloudId } from './cloud-id.ts';
import type { MayAsk } from './may-ask.ts';
import type { PacerRegistry } from './pacer-registry.ts';
import { createQuota, type PointsLedger, type Quota } from './quota.ts';
import type { ApiCall } from './request.ts';
import type { Wire } from './transport.ts';

/** What all connections of a process share. */
export interface Exchange {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths of secrets start. */
  readonly folder: string;
  readonly now: () => Date;
  /** Milliseconds that never go back. */
  readonly monotonic: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly roll: () => number;
  readonly pacers: PacerRegistry;
  /** Where the points of OAuth apps are added up; absent where nothing is remembered. */
  readonly ledger?: PointsLedger | undefined;
  readonly apps?: ReadonlyMap<string, AppShare>;
  /** Atlassian's API host, which is the gateway. */
  readonly apiBase: string;
  /** The token of a tenant whose credential is exchanged for one. */
  readonly accessToken: (tenant: TenantSettings) => Promise<string>;
  /** The token of a tenant that lies sealed in the database. */
  readonly sealedToken: (tenant: TenantSettings) => Promise<string>;
  /** How requests meet their answers; over the network unless said otherwise. */
  readonly wire?: Wire | undefined;
}

/** The hourly points of an OAuth app, and how many tenants share them. */
export interface AppShare {
  readonly pointsPerHour: number | undefined;
  readonly tenants: number;
}

/** What one connection reports to and stops for. */
interface Line {
  readonly signal: AbortSignal;
  readonly onCall: (call: ApiCall) => void;
  /** Of the site when it was last looked up; a site that has another one by now is sent nothing. */
  readonly cloudId: string | null;
  /** Asked before each request; what it throws, or a signal that it fires, keeps the request back. */
  readonly mayAsk?: MayAsk | undefined;
}

/**
 * A tenant's Confluence. The secret is read at the first request and stays in a closure. The requests of a tenant that signs in
 * through an OAuth app count against the app's points.
 */
export function connectTenant(
  exchange: Exchange,
  tenant: TenantSettings,
  line: Line,
  app: string | null = appOf(tenant),
): Confluence {
  const { sleep, roll, pacers } = exchange;
  const now = steadyTime(exchange);
  const { limits, auth } = tenant;
  let authorize: Promise<() => Promise<string>> | null = null;
  return createConfluence({
    site: tenant.site,
    apiBase: exchange.apiBase,
    cloudId: goesThroughGateway(auth.type)
      ? () => readCloudId({ site: tenant.site, sleep, signal: line.signal }, line.cloudId)
      : undefined,
    authorize: async () => {
      authorize ??= credentialOf(exchange, tenant).then(createAuthorize);
      return (await authorize)();
    },
    pacer: pacers.pacerFor({
      site: tenant.site,
      account: 'email' in auth ? auth.email : tenant.id,
      share: limits.share,
    }),
    quota: app === null ? undefined : quotaOf(exchange, tenant.id, app),
    budget: { requests: limits.requestsPerRun, until: new Date(now().getTime() + limits.minutesPerRun * 60_000) },
    now,
    random: roll,
    sleep,
    maxConcurrency: limits.maxConcurrency,
    signal: line.signal,
    onCall: line.onCall,
    mayAsk: line.mayAsk,
    wire: exchange.wire,
  });
}

/** The time of day, told from now on by the clock that never jumps: a step of the other neither ends a night nor makes it endless. */
function steadyTime({ now, monotonic }: Pick<Exchange, 'now' | 'monotonic'>): () => Date {
  const start = now().getTime() - monotonic();
  return () => new Date(start + monotonic());
}

// Node cannot parse `in` within the default of a typed parameter.
const appOf = ({ auth }: TenantSettings): string | null => ('app' in auth ? auth.app : null);

/** The quota of a first tier app, where the settings name no other. https://developer.atlassian.com/cloud/confluence/rate-limiting/ */
const FIRST_TIER = 65_000;

function quotaOf({ ledger, apps, now, roll, sleep }: Exchange, tenantId: string, id: string): Quota | undefined {
  if (ledger === undefined) return undefined;
  const { pointsPerHour = FIRST_TIER, tenants = 1 } = apps?.get(id) ?? {};
  return createQuota({ app: { id, pointsPerHour, tenants }, tenantId, ledger, now, random: roll, sleep });
}

/** The tenant's credential with its secret, for as long as the connection lives. */
async function credentialOf(exchange: Exchange, tenant: TenantSettings): Promise<Credential> {
  const { environment, folder } = exchange;
  const { id, auth } = tenant;
  const place = { whose: `tenant ${id}`, env: environment, folder };
  const read = (token: TokenRef): Promise<string> =>
    token === 'sealed' ? exchange.sealedToken(tenant) : readSecret(token, place);
  switch (auth.type) {
    case 'basic':
    case 'scoped':
      return { type: auth.type, email: auth.email, token: await read(auth.token) };
    case 'bearer':
      return { type: 'bearer', token: await read(auth.token) };
    case 'oauth':
    case 'client-credentials':
      return { type: auth.type, accessToken: () => exchange.accessToken(tenant) };
  }
}
