import { readSecret } from '../../config/secrets.ts';
import type { TenantSettings } from '../../config/settings.ts';
import type { Credential } from '../domain/credential.ts';
import { createAuthorize } from './auth.ts';
import { type Confluence, createConfluence } from './client.ts';
import type { PacerRegistry } from './pacer-registry.ts';
import { createQuota, type PointsLedger, type Quota } from './quota.ts';
import type { ApiCall } from './request.ts';

/** What all connections of a process share. */
export interface Exchange {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths of secrets start. */
  readonly folder: string;
  readonly now: () => Date;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly roll: () => number;
  readonly pacers: PacerRegistry;
  /** Where the points of OAuth apps are added up; absent where nothing is remembered. */
  readonly ledger?: PointsLedger | undefined;
  readonly apps?: ReadonlyMap<string, AppShare>;
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
}

/**
 * A tenant's Confluence. The secret is read at the first request and stays in a closure. `app` is the OAuth app whose points
 * the tenant's requests count against; null for those who sign in otherwise.
 */
export function connectTenant(
  exchange: Exchange,
  tenant: TenantSettings,
  line: Line,
  app: string | null = appOf(tenant),
): Confluence {
  const { now, sleep, roll, pacers } = exchange;
  const { limits, auth } = tenant;
  let authorize: Promise<() => Promise<string>> | null = null;
  return createConfluence({
    site: tenant.site,
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
  });
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
async function credentialOf({ environment, folder }: Exchange, { id, auth }: TenantSettings): Promise<Credential> {
  const place = { whose: `tenant ${id}`, env: environment, folder };
  switch (auth.type) {
    case 'basic':
    case 'scoped':
      return { type: auth.type, email: auth.email, token: await readSecret(auth.token, place) };
    case 'bearer':
      return { type: 'bearer', token: await readSecret(auth.token, place) };
    case 'oauth':
    case 'client-credentials':
      return { type: auth.type, app: auth.app };
  }
}
