import { expect, test } from 'vitest';
import { connectTenant, type Exchange } from '../../src/confluence/connect-tenant.ts';
import { createPacerRegistry } from '../../src/confluence/pacer-registry.ts';
import type { ApiCall } from '../../src/confluence/request.ts';
import { startSite } from '../../src/simulator/server.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { loaded, tenantOf } from '../config/workshop.ts';
import { CANARY, createTestClock } from './test-client.ts';

const EMAIL = 'bot@example.com';

test.each([
  ['of an app counts its points there', 'acme-app', 1 + 3],
  ['with an API token has none', null, 0],
])('a tenant %s', async (_, app, points) => {
  const world = createWorld({ id: 'acme' });
  const { accountId } = world.addAccount({ displayName: 'Audit', email: EMAIL });
  world.addCredential({ email: EMAIL, token: CANARY, accountId });
  const clock = createTestClock();
  for (const key of ['A', 'B', 'C']) world.addSpace({ key, name: key, by: accountId, at: clock.now() });
  const site = await startSite({ world, now: clock.now });
  const entries: { app: string; tenantId: string; points: number }[] = [];
  const exchange: Exchange = {
    environment: { TOKEN: CANARY },
    folder: '/',
    now: clock.now,
    monotonic: () => clock.now().getTime(),
    sleep: clock.sleep,
    apiBase: 'https://api.atlassian.com',
    accessToken: () => Promise.reject(new Error('Nobody here signs in through an app.')),
    sealedToken: () => Promise.reject(new Error('Nobody here has a sealed token.')),
    roll: () => 0.5,
    pacers: createPacerRegistry(clock),
    apps: new Map([['acme-app', { pointsPerHour: 1_000, tenants: 2 }]]),
    ledger: {
      add(entry) {
        entries.push({ app: entry.app, tenantId: entry.tenantId, points: entry.points });
        return Promise.resolve({ byAll: entry.points, byTenant: entry.points, closedUntil: null });
      },
    },
  };
  const tenant = tenantOf(
    loaded(
      `version: 1\ntenants:\n  - id: acme\n    site: ${site.url}\n    auth: { type: basic, email: ${EMAIL}, token: { env: TOKEN } }\n`,
    ),
  );
  const calls: ApiCall[] = [];
  const { signal } = new AbortController();
  const line = { signal, onCall: (call: ApiCall) => void calls.push(call), cloudId: null };
  const confluence = connectTenant(exchange, tenant, line, app);
  expect((await confluence.spaces({})).items).toHaveLength(3);
  await confluence.close();
  await site.close();
  expect(calls.map((call) => call.points)).toEqual([points]);
  const added = entries.filter((entry) => entry.points > 0);
  expect(added).toEqual(app === null ? [] : [{ app, tenantId: 'acme', points }]);
});
