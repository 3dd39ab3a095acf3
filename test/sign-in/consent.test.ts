import { beforeAll, expect, test } from 'vitest';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { CALLBACK, openBench, SCOPES } from './bench.ts';

const refused = (why: RegExp): unknown =>
  expect.objectContaining({ code: 'consent-refused', message: expect.stringMatching(why) });

eachDatabase('a consent', (open) => {
  const clock = createSimulatedClock('2026-11-02T02:00:00.000Z');
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open({ now: clock.inSql });
  });
  const bench = () => openBench(database, clock);

  test('is asked for at an address with exactly the scopes that are needed', async () => {
    const { consent, tenant, atlassian } = await bench();
    const { url } = await consent.begin(tenant, SCOPES);
    const asked = new URL(url);
    expect(`${asked.origin}${asked.pathname}`).toBe(`${atlassian.url}/authorize`);
    const { state, ...rest } = Object.fromEntries(asked.searchParams);
    expect(state).toMatch(/^[\w-]{32}$/);
    expect(rest).toEqual({
      audience: 'api.atlassian.com',
      client_id: 'app-id',
      scope: 'read:page:confluence read:space:confluence report:personal-data offline_access',
      redirect_uri: CALLBACK,
      response_type: 'code',
      prompt: 'consent',
    });
    expect(url).not.toContain('secret');
    expect((await consent.begin(tenant, SCOPES)).url).not.toBe(url);
  });

  test('gives a grant, which lies sealed in the database', async () => {
    const { authorize, saved, tenant } = await bench();
    expect(await authorize()).toEqual({ site: tenant.site, scopes: SCOPES });
    const row = await saved();
    expect(row?.sealed).toMatch(/^v1\.k1\./);
    expect(JSON.stringify(await database.superuser('select * from audit.credential'))).not.toMatch(/access-|refresh-/);
  });

  test('that lacks a scope on the site names it and stores nothing new', async () => {
    const { authorize, saved } = await bench();
    const before = await saved();
    await expect(authorize(['read:space:confluence'])).rejects.toMatchObject({
      code: 'scope-missing',
      message: expect.stringContaining('read:page:confluence'),
    });
    expect(await saved()).toEqual(before);
  });

  test('for another site is not this one', async () => {
    const { consent, tenant, atlassian, elsewhere, ann, signal, saved } = await bench();
    const before = await saved();
    const { url, finish } = await consent.begin(tenant, SCOPES);
    const back = atlassian.consent(url, [{ site: elsewhere, accountId: ann }]);
    await expect(finish(back, signal)).rejects.toEqual(refused(/for other sites, not for/));
    expect(await saved()).toEqual(before);
  });

  test.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'forged'), /its state is not the one just given/],
    ['no state', (url: URL) => url.searchParams.delete('state'), /its state is not the one just given/],
    ['another address', (url: URL) => void (url.hostname = 'evil.example'), /not the address that begins with/],
    ['another path', (url: URL) => void (url.pathname = '/other'), /not the address that begins with/],
    ['a refusal', (url: URL) => url.searchParams.delete('code'), /Consent was not given/],
    ['a code that nobody gave', (url: URL) => url.searchParams.set('code', 'guessed'), /the grant is not good/],
  ])('that comes back with %s is refused, and nothing is stored', async (_, change, why) => {
    const { consent, tenant, atlassian, site, ann, signal, saved } = await bench();
    const before = await saved();
    const { url, finish } = await consent.begin(tenant, SCOPES);
    const back = new URL(atlassian.consent(url, [{ site, accountId: ann }]));
    change(back);
    await expect(finish(back.href, signal)).rejects.toEqual(refused(why));
    await expect(finish('not an address', signal)).rejects.toEqual(refused(/not the address/));
    expect(await saved()).toEqual(before);
  });

  test('is good for one answer', async () => {
    const { consent, tenant, atlassian, site, ann, signal } = await bench();
    const { url, finish } = await consent.begin(tenant, SCOPES);
    const back = atlassian.consent(url, [{ site, accountId: ann }]);
    await finish(back, signal);
    await expect(finish(back, signal)).rejects.toEqual(refused(/not good any more/));
  });

  test('is asked of no tenant that signs in otherwise', async () => {
    const { consent, tenant } = await bench();
    const plain = { ...tenant, auth: { type: 'bearer', token: { env: 'X' }, expires: null } } as const;
    await expect(consent.begin(plain, SCOPES)).rejects.toMatchObject({ code: 'arguments-invalid' });
  });
});
