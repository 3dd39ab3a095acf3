import { onTestFinished } from 'vitest';
import { composeHouse } from '../../src/app.ts';
import { openSignIn } from '../../src/exchange.ts';
import { neededBy, shapeOf } from '../../src/audit/needed-by.ts';
import { neededEndpoints, scopesOf } from '../../src/confluence/needed-endpoints.ts';
import { startAtlassian } from '../../src/simulator/atlassian.ts';
import { CANARY } from '../../src/simulator/canary.ts';
import { SEALING_KEY } from '../canary/canary.ts';
import type { NightShift, Tenant } from '../night-shift.ts';

export const EMAIL = 'auditor@example.com';
/** Must show up nowhere but in Authorization headers. */
export const GATEWAY_TOKEN = `${CANARY}-gateway-7b2f`;
export const APP_SECRET = `${CANARY}-app-secret-0e41`;
const CALLBACK = 'https://worker.example/callback';

export type Way = 'scoped' | 'bearer' | 'oauth' | 'client-credentials';

const AUTH: Readonly<Record<Way, object>> = {
  scoped: { type: 'scoped', email: EMAIL, token: { env: 'GATEWAY_TOKEN' } },
  bearer: { type: 'bearer', token: { env: 'GATEWAY_TOKEN' } },
  oauth: { type: 'oauth', app: 'acme-app' },
  'client-credentials': { type: 'client-credentials', app: 'acme-app' },
};

/** The scopes that the audits of a tenant need, in `apply` mode. */
export async function scopesFor(shift: NightShift, tenant: Tenant): Promise<readonly string[]> {
  const { settings } = await shift.prepare([tenant]);
  const [found] = settings.config.tenants;
  if (found === undefined) throw new Error('There is no tenant.');
  const { needs } = neededBy(found, settings.rules);
  return scopesOf(neededEndpoints({ ...shapeOf(found, needs), mode: 'apply' }));
}

/** Puts the gateway in front of a tenant's site and gives it that way to sign in, with just the scopes it needs unless said otherwise. */
export async function throughGateway(
  shift: NightShift,
  tenant: Tenant,
  way: Way,
  { scopes, more = {} }: { scopes?: readonly string[]; more?: object } = {},
) {
  const atlassian = await startAtlassian({ sites: [tenant.site], now: shift.clock.now });
  onTestFinished(() => atlassian.close());
  Object.assign(shift.given.environment, {
    ATLASSIAN_API_BASE: atlassian.url,
    ATLASSIAN_AUTH_BASE: atlassian.url,
    AUDIT_KEYS: `k1:${SEALING_KEY}`,
    GATEWAY_TOKEN,
    APP_ID: 'app-id',
    APP_SECRET,
  });
  shift.given.apps = [
    { id: 'acme-app', clientId: { env: 'APP_ID' }, clientSecret: { env: 'APP_SECRET' }, redirectUri: CALLBACK },
  ];
  tenant.configure({ auth: AUTH[way], ...more });
  const { world } = tenant.site;
  const accountId = tenant.auditor;
  const granted = scopes ?? (await scopesFor(shift, tenant));
  const app = { clientId: 'app-id', clientSecret: APP_SECRET };
  if (way === 'scoped' || way === 'bearer') {
    world.addGatewayToken({ token: GATEWAY_TOKEN, accountId, scopes: granted, email: way === 'scoped' ? EMAIL : null });
  } else if (way === 'client-credentials') {
    atlassian.addApp({ ...app, redirectUri: null, accounts: { [world.cloudId]: accountId }, scopes: granted });
  } else {
    atlassian.addApp({ ...app, redirectUri: CALLBACK });
    await consent();
  }

  /** Somebody who may use the site consents. */
  async function consent(): Promise<void> {
    const { ground, settings } = await shift.prepare([tenant]);
    const { store } = shift.database();
    await composeHouse(ground, settings, store);
    const [found] = settings.config.tenants;
    if (found === undefined) throw new Error('There is no tenant.');
    const asked = await openSignIn(ground, settings, store).consent.begin(found, granted);
    await asked.finish(atlassian.consent(asked.url, [{ site: tenant.site, accountId }]), ground.signal);
  }
  return { atlassian, consent };
}

/** What reached the site by each way since its start, as `site GET /wiki/api/v2/pages`. */
export const ways = ({ site }: Tenant): string[] => site.requests.map(({ door, template }) => `${door} ${template}`);
