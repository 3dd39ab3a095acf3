import { onTestFinished } from 'vitest';
import { createAuthServer } from '../../src/confluence/auth-server.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createRandom } from '../../src/runtime/random.ts';
import { createConsent } from '../../src/sign-in/consent.ts';
import { CREDENTIAL_ID } from '../../src/sign-in/grant.ts';
import { renewGrant } from '../../src/sign-in/renew-grant.ts';
import { startAtlassian } from '../../src/simulator/atlassian.ts';
import { CANARY } from '../../src/simulator/canary.ts';
import { startSite } from '../../src/simulator/server.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { readCredential } from '../../src/store/credentials.ts';
import { syncTenants } from '../../src/store/tenants.ts';
import { parseKeyRing } from '../../src/vault/key-ring.ts';
import { createVault } from '../../src/vault/vault.ts';
import { ACME, loaded, tenantOf } from '../config/workshop.ts';
import { leaksIn, SEALING_KEY } from '../canary/canary.ts';
import type { TestDatabase } from '../database.ts';
import type { SimulatedClock } from '../simulated-clock.ts';
import { shelf } from '../audit/shelf.ts';

export const CALLBACK = 'https://worker.example/callback';
export const SCOPES = ['read:page:confluence', 'read:space:confluence'];
const APP = { clientId: 'app-id', clientSecret: `${CANARY}-app-secret` };

/** A tenant with an OAuth app, its site, and the authorization server; each call of `worker` is another process. */
export async function openBench({ store }: TestDatabase, clock: SimulatedClock) {
  const { world, ann } = shelf(clock);
  const site = await startSite({ world, now: clock.now });
  const elsewhere = await startSite({ world: createWorld({ id: 'elsewhere' }), now: clock.now });
  const atlassian = await startAtlassian({ sites: [site, elsewhere], now: clock.now });
  onTestFinished(async () => {
    if (leaksIn(log.join('')).length > 0) throw new Error('The log tells a secret.');
    await Promise.all([site.close(), elsewhere.close(), atlassian.close()]);
  });
  atlassian.addApp({ ...APP, redirectUri: CALLBACK });
  const settings = { ...tenantOf(loaded(ACME)), site: site.url };
  const tenant = { ...settings, auth: { type: 'oauth', app: 'acme-app', expires: null } } as const;
  const row = { tenantId: tenant.id, site: tenant.site, enabled: true, tags: {}, authType: 'oauth' };
  await syncTenants(store, [{ ...row, tokenExpiresAt: null, cron: null, timezone: null }]);

  const log: string[] = [];
  const vault = createVault(parseKeyRing(`k1:${SEALING_KEY}`));
  const { roll, id } = createRandom(clock);
  const deps = {
    store,
    vault: async () => vault,
    server: createAuthServer({ authBase: atlassian.url, apiBase: atlassian.url, ...clock, roll }),
    now: clock.now,
    sleep: clock.sleep,
    roll,
    newId: id,
    log: createLog({ level: 'info', format: 'json', now: clock.now, write: (line) => void log.push(line) }),
  };
  const client = async () => APP;
  const consent = createConsent({ ...deps, appOf: () => ({ redirectUri: CALLBACK, client }) });
  const signal = new AbortController().signal;
  return {
    tenant,
    site,
    elsewhere,
    atlassian,
    deps,
    log,
    consent,
    signal,
    ann,
    client,
    /** The consent of somebody who may use the site. */
    authorize: async (scopes: readonly string[] = SCOPES) => {
      const asked = await consent.begin(tenant, SCOPES);
      return asked.finish(atlassian.consent(asked.url, [{ site, accountId: ann, scopes }]), signal);
    },
    renew: (changed: Partial<typeof deps> = {}) => renewGrant({ ...deps, ...changed }, tenant, client),
    /** What another clock changes for a process. */
    withClock: (now: () => Date): Partial<typeof deps> => ({
      now,
      server: createAuthServer({ authBase: atlassian.url, apiBase: atlassian.url, ...clock, now, roll }),
    }),
    saved: () => store.withTenant(tenant.id, (tx) => readCredential(tx, CREDENTIAL_ID)),
  };
}
