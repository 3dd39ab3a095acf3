import { expect, test, vi } from 'vitest';
import { createQuota, type PointsLedger, type QuotaHints } from '../../src/confluence/quota.ts';
import { createPointsCounter, type PointsQuota } from '../../src/simulator/points-quota.ts';
import { startSite } from '../../src/simulator/server.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { addPoints } from '../../src/store/points.ts';
import { eachDatabase } from '../database.ts';
import { CANARY, createTestClient, createTestClock } from './test-client.ts';

const EMAIL = 'bot@example.com';
const START = '2026-11-22T02:10:00Z';
const SILENT: QuotaHints = { left: null, of: null, exhausted: false };

eachDatabase('an hourly quota', (open) => {
  /** Tenants of one app whose sites share its counter, all on one clock and one ledger. */
  async function appWith(quota: PointsQuota, tenants: readonly string[], pointsPerHour = quota.pointsPerHour) {
    const { store, superuser } = await open();
    const ledger: PointsLedger = { add: (entry) => store.withTenant(entry.tenantId, (tx) => addPoints(tx, entry)) };
    const clock = createTestClock(START);
    const counter = createPointsCounter();
    const app = { id: 'acme-app', pointsPerHour, tenants: tenants.length };
    const connect = async (tenantId: string, ofApp: boolean) => {
      const world = createWorld({ id: tenantId });
      const { accountId } = world.addAccount({ displayName: 'Audit', email: EMAIL });
      world.addCredential({ email: EMAIL, token: CANARY, accountId });
      for (let n = 0; n < 9; n += 1)
        world.addSpace({ key: `S${n}`, name: `Space ${n}`, by: accountId, at: clock.now() });
      const site = await startSite({ world, now: clock.now });
      if (ofApp) site.faults.quota = { ...quota, counter };
      const part = { app, tenantId, ledger, now: clock.now, random: () => 0.5, sleep: clock.sleep };
      const { confluence } = createTestClient(site.url, {
        ...(ofApp ? { quota: createQuota(part) } : {}),
        now: clock.now,
        sleep: clock.sleep,
        budget: { requests: 10_000, until: new Date('2026-11-23T02:00:00Z') },
      });
      const listUntilRefused = async (most = 200): Promise<number> => {
        for (let n = 0; n < most; n += 1) {
          const code = await confluence.spaces({}).then(
            () => null,
            (error: unknown) => (error as { code: string }).code,
          );
          if (code === 'rate-limited') return n;
          if (code !== null) throw new Error(code);
        }
        return most;
      };
      return { confluence, site, listUntilRefused, end: () => Promise.all([confluence.close(), site.close()]) };
    };
    const connected = await Promise.all(tenants.map((tenant) => connect(tenant, true)));
    return { clock, counter, connect, connected, superuser };
  }

  test('is never overrun: a tenant stops at its own part, another finds its part whole, and the next hour is new', async () => {
    const { clock, counter, connected } = await appWith({ pointsPerHour: 2_000 }, ['a', 'b']);
    const [a, b] = connected;
    const served = (await a?.listUntilRefused()) ?? 0;
    // Half of 95 % of the points, and what ten minutes release of the other half: ten points a list.
    expect(served * 10).toBeGreaterThan(950);
    expect(served * 10).toBeLessThan(950 + 400);
    expect(await b?.listUntilRefused(50)).toBe(50);
    expect(counter.used(clock.now())).toBeLessThanOrEqual(2_000);
    expect([a, b].flatMap((one) => one?.site.requests ?? []).filter(({ status }) => status === 429)).toEqual([]);
    clock.advance(51.5 * 60_000);
    expect(await a?.listUntilRefused(20)).toBe(20);
    await Promise.all(connected.map((one) => one.end()));
  });

  test('that is refused closes the app for all its tenants, and leaves API tokens alone', async () => {
    const quota = { pointsPerHour: 300, reason: 'conf-global-based', retryAfter: null };
    const { clock, connect, connected, superuser } = await appWith(quota, ['a', 'b'], 65_000);
    const [a, b] = connected;
    const token = await connect('c', false);
    await b?.confluence.spaces({});
    expect(await a?.listUntilRefused()).toBeLessThan(35);
    // It is told to the others in the background.
    await vi.waitFor(async () =>
      expect(await superuser('select 1 from fleet.app_hour where closed_until is not null')).not.toEqual([]),
    );
    const asked = (b?.site.requests.length ?? 0) + (a?.site.requests.length ?? 0);
    clock.advance(3_000);
    expect(await b?.listUntilRefused()).toBe(0);
    expect(await a?.listUntilRefused()).toBe(0);
    expect((b?.site.requests.length ?? 0) + (a?.site.requests.length ?? 0)).toBe(asked);
    expect(await token.listUntilRefused(30)).toBe(30);
    clock.advance(52 * 60_000);
    expect(await b?.listUntilRefused(5)).toBe(5);
    await Promise.all([...connected, token].map((one) => one.end()));
  });

  test('takes the word of Confluence for what is left', async () => {
    const { connected } = await appWith({ pointsPerHour: 500 }, ['a']);
    const [a] = connected;
    // Somebody else uses the app as well: the counter of the site knows, our ledger does not.
    a?.site.faults.quota?.counter.count(
      { pointsPerHour: 500 },
      {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ results: Array.from({ length: 420 }) }),
      },
      new Date(START),
    );
    expect(await a?.listUntilRefused()).toBeLessThan(9);
    expect(a?.site.requests.every(({ status }) => status === 200)).toBe(true);
    await a?.end();
  });
});

test('goes on by its own count while the ledger is away, and tells it everything when it is back', async () => {
  let away = true;
  const heard: number[] = [];
  const clock = createTestClock(START);
  const quota = createQuota({
    app: { id: 'x', pointsPerHour: 1_000, tenants: 1 },
    tenantId: 'a',
    now: clock.now,
    random: () => 0,
    sleep: clock.sleep,
    ledger: {
      async add({ points }) {
        if (away) throw new Error('gone');
        heard.push(points);
        return { byAll: 500, byTenant: 500, closedUntil: null };
      },
    },
  });
  for (let n = 0; n < 9; n += 1) {
    await quota.ready();
    quota.spent(100, SILENT);
  }
  quota.spent(100, SILENT);
  await expect(quota.ready()).rejects.toMatchObject({ code: 'rate-limited' });
  away = false;
  await quota.flush();
  expect(heard).toEqual([1_000]);
});
