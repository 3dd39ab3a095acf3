import { expect, test } from 'vitest';
import { LONGEST_WAIT_MS } from '../../src/domain/backoff.ts';
import gatewayThrottled from '../../src/simulator/faults/gateway-throttled.ts';
import quotaUsedUp from '../../src/simulator/faults/quota-used-up.ts';
import throttled from '../../src/simulator/faults/throttled.ts';
import { startSite } from '../../src/simulator/server.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { CANARY, createTestClient } from './test-client.ts';

const EMAIL = 'bot@example.com';
const LIST = 'GET /wiki/api/v2/spaces';

/** A site whose clock is the client's: what a request asks to wait can be compared with what was waited. */
async function siteAndClient() {
  const world = createWorld({ id: 'waits' });
  const { accountId } = world.addAccount({ displayName: 'Audit', email: EMAIL });
  const start = new Date('2026-11-22T02:00:00Z');
  let clock = (): Date => start;
  const site = await startSite({ world, now: () => clock() });
  const client = createTestClient(site.url);
  clock = client.clock.now;
  world.addCredential({ email: EMAIL, token: CANARY, accountId });
  return {
    site,
    client,
    gaps: () => site.requests.slice(1).map(({ at }, n) => Date.parse(at) - Date.parse(site.requests[n]?.at ?? '')),
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await site.close();
    },
  };
}

const inSeconds = (seconds: number): string =>
  new Date(Date.parse('2026-11-22T02:00:00Z') + seconds * 1_000).toUTCString();

test.each<[string, string | null, number]>([
  ['one second', '1', 1_000],
  ['a minute', '60', 60_000],
  ['two minutes', '120', LONGEST_WAIT_MS],
  ['a date', inSeconds(30), 30_000],
  // Nothing valid is said: the wait is our own and never a spin.
  ['nothing', null, 500],
  ['0', '0', 500],
  ['less than 0', '-5', 500],
  ['a fraction', '1.5', 500],
  ['words', 'soon', 500],
  ['a date that has passed', inSeconds(-600), 500],
  ['more than any clock holds', '9223372036854775807', 500],
  ['ten years', inSeconds(10 * 365 * 86_400), 500],
])('Retry-After of %s is waited out before anything else is sent', async (_, retryAfter, leastMs) => {
  await using on = await siteAndClient();
  on.site.faults.strike(throttled, { at: LIST, retryAfter });
  await Promise.all([on.client.confluence.spaces({}), on.client.confluence.pagesInSpaces({ spaceIds: ['1'] })]);
  expect(on.site.requests.filter(({ status }) => status === 429)).toHaveLength(1);
  const refusedAt = Date.parse(on.site.requests.find(({ status }) => status === 429)?.at ?? '');
  const after = on.site.requests.filter(({ at }) => Date.parse(at) > refusedAt).map(({ at }) => Date.parse(at));
  expect(after.length).toBeGreaterThan(0);
  expect(Math.min(...after) - refusedAt).toBeGreaterThanOrEqual(leastMs);
});

test.each(['0', '-1', null])(
  'Retry-After %s again and again slows down and gives up; it never spins',
  async (retryAfter) => {
    await using on = await siteAndClient();
    on.site.faults.strike(throttled, { times: 1_000, retryAfter });
    for (let call = 0; call < 5; call += 1) {
      await expect(on.client.confluence.spaces({})).rejects.toMatchObject({ code: 'rate-limited' });
    }
    expect(on.site.requests).toHaveLength(20);
    expect(Math.min(...on.gaps())).toBeGreaterThanOrEqual(500);
  },
);

test('a gateway that names no time is met with a growing wait', async () => {
  await using on = await siteAndClient();
  on.site.faults.strike(gatewayThrottled, { times: 3 });
  await on.client.confluence.spaces({});
  const [first = 0, second = 0, third = 0] = on.gaps();
  expect(first).toBeGreaterThanOrEqual(500);
  expect(second).toBeGreaterThan(first);
  expect(third).toBeGreaterThan(second);
});

test.each([
  ['with Retry-After', '1847', 1_847],
  ['without one: until the UTC hour is over', null, 3_600],
])('a quota that is used up parks the tenant, %s', async (_, retryAfter, seconds) => {
  await using on = await siteAndClient();
  on.site.faults.strike(quotaUsedUp, { retryAfter, reason: 'conf-global-based' });
  await expect(on.client.confluence.spaces({})).rejects.toMatchObject({
    code: 'rate-limited',
    fields: { retryAfterSeconds: seconds },
  });
  await expect(on.client.confluence.groups()).rejects.toMatchObject({ code: 'rate-limited' });
  expect(on.site.requests).toHaveLength(1);
});

test('a limit that falls from twenty to four in the middle is followed within seconds', async () => {
  await using on = await siteAndClient();
  on.site.faults.rateLimit = { perSecond: 20, burst: 20, retryAfter: 'exact', changes: [{ after: 30, perSecond: 4 }] };
  const from = on.client.clock.now().getTime();
  const answered: number[] = [];
  while (on.client.clock.now().getTime() < from + 60_000 && answered.length < 900) {
    await on.client.confluence.spaces({}).catch(() => undefined);
    answered.push(on.client.clock.now().getTime() - from);
  }
  const late = on.site.requests.filter(({ at }) => Date.parse(at) - from > 45_000);
  expect(late.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(3);
  expect(late.length).toBeGreaterThan(15 * 4 * 0.4);
});
