import { describe, expect, onTestFinished, test } from 'vitest';
import { startAtlassian } from '../../src/simulator/atlassian.ts';
import { NOW, smallSite } from './small-site.ts';

const READ = 'read:page:confluence';
const basic = (email: string, token: string): string => `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
const SCOPE = { code: 401, message: 'Unauthorized; scope does not match' };

/** The small site behind a gateway, on a clock that can be moved. */
async function behindGateway() {
  const small = await smallSite();
  let at = NOW.getTime();
  const atlassian = await startAtlassian({ sites: [small.site], now: () => new Date(at) });
  onTestFinished(() => atlassian.close());
  const { accountId } = small.audit;
  small.world.addGatewayToken({ token: 'scoped', email: 'audit@small.example', accountId, scopes: [READ] });
  small.world.addGatewayToken({ token: 'key', accountId, scopes: [READ] });
  small.world.addGatewayToken({ token: 'old', accountId, scopes: [READ], expiresAt: '2020-01-01T00:00:00Z' });
  const get = async (path: string, authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${atlassian.url}${path}`, { headers, redirect: 'manual' });
    return { status: response.status, body: await response.json() };
  };
  const through = (path: string, authorization?: string) =>
    get(`/ex/confluence/${small.world.cloudId}${path}`, authorization);
  const exchange = async (body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${atlassian.url}/oauth/token`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  return { ...small, atlassian, get, through, exchange, pass: (minutes: number) => void (at += minutes * 60_000) };
}

describe('the gateway', () => {
  test.each([
    ['a scoped token with its e-mail address', basic('audit@small.example', 'scoped'), 200],
    ['a plain token', basic('audit@small.example', 'secret'), 200],
    ['the key of a service account', 'Bearer key', 200],
    ['a key that is over', 'Bearer old', 401],
    ['a key that nobody made', 'Bearer guessed', 401],
    ['a scoped token as a key', 'Bearer scoped', 401],
    ['a scoped token with another e-mail address', basic('ines@small.example', 'scoped'), 404],
    ['nothing', undefined, 404],
  ])('takes or refuses %s', async (_, authorization, status) => {
    const { through } = await behindGateway();
    expect((await through('/wiki/api/v2/pages', authorization)).status).toBe(status);
  });

  test('tells a missing scope from everything else, whether the object exists or not', async () => {
    const { through, pages } = await behindGateway();
    for (const id of [pages.runbook.id, '999']) {
      const refused = await through(`/wiki/rest/api/content/${id}/restriction/byOperation`, 'Bearer key');
      expect(refused).toEqual({ status: 401, body: SCOPE });
    }
    expect((await through('/wiki/api/v2/pages/999', 'Bearer key')).status).toBe(404);
  });

  test('knows no other site', async () => {
    const { get } = await behindGateway();
    expect(
      (await get('/ex/confluence/00000000-0000-4000-8000-000000000000/wiki/api/v2/pages', 'Bearer key')).status,
    ).toBe(404);
  });

  test('gives links that name the site, as the real one does', async () => {
    const { through, site } = await behindGateway();
    const { body } = await through('/wiki/api/v2/pages?limit=1', 'Bearer key');
    expect(body).toMatchObject({ _links: { base: `${site.url}/wiki`, next: expect.stringMatching(/^\/wiki\/api/) } });
  });
});

describe('the authorization server', () => {
  const APP = { client_id: 'app', client_secret: 'app-secret' };
  const CALLBACK = 'https://worker.example/cb';

  async function granted() {
    const given = await behindGateway();
    const { atlassian, site, audit, exchange } = given;
    atlassian.addApp({ clientId: 'app', clientSecret: 'app-secret', redirectUri: CALLBACK });
    const asked = new URLSearchParams({ client_id: 'app', redirect_uri: CALLBACK, response_type: 'code', state: 's' });
    asked.set('audience', 'api.atlassian.com');
    asked.set('scope', `${READ} offline_access`);
    const address = `${atlassian.url}/authorize?${asked.toString()}`;
    const back = new URL(atlassian.consent(address, [{ site, accountId: audit.accountId }]));
    const code = back.searchParams.get('code') ?? '';
    const byCode = { grant_type: 'authorization_code', ...APP, code, redirect_uri: CALLBACK };
    const { body: first } = await exchange(byCode);
    const refresh = (token = '') => exchange({ grant_type: 'refresh_token', ...APP, refresh_token: token });
    return { ...given, first, refresh, byCode };
  }

  test('exchanges a code once, for tokens that the gateway takes for an hour', async () => {
    const { first, exchange, byCode, through, pass, get, world } = await granted();
    expect(first).toMatchObject({ expires_in: 3_600, scope: READ, token_type: 'Bearer' });
    const as = `Bearer ${first['access_token']}`;
    expect((await through('/wiki/api/v2/pages', as)).status).toBe(200);
    expect(await get('/oauth/token/accessible-resources', as)).toMatchObject({
      status: 200,
      body: [{ id: world.cloudId, scopes: [READ] }],
    });
    expect(await exchange(byCode)).toMatchObject({ status: 403, body: { error: 'invalid_grant' } });
    pass(61);
    expect((await get('/oauth/token/accessible-resources', as)).status).toBe(401);
  });

  test('rotates refresh tokens, and takes a spent one for ten minutes more', async () => {
    const { first, refresh, pass } = await granted();
    const second = await refresh(first['refresh_token']);
    expect(second.body['refresh_token']).not.toBe(first['refresh_token']);
    pass(9);
    expect((await refresh(first['refresh_token'])).status).toBe(200);
    pass(2);
    expect(await refresh(first['refresh_token'])).toMatchObject({
      status: 403,
      body: { error: 'unauthorized_client', error_description: 'refresh_token is invalid' },
    });
    expect((await refresh(second.body['refresh_token'])).status).toBe(200);
  });

  test.each([
    ['a wrong secret', { grant_type: 'refresh_token', ...APP, client_secret: 'no' }, 401, 'access_denied'],
    ['an app that nobody made', { grant_type: 'refresh_token', client_id: 'x' }, 401, 'access_denied'],
    ['client credentials of a 3LO app', { grant_type: 'client_credentials', ...APP }, 403, 'unauthorized_client'],
    ['a refresh token that nobody made', { grant_type: 'refresh_token', ...APP }, 403, 'unauthorized_client'],
  ])('refuses %s', async (_, body, status, error) => {
    const { exchange } = await granted();
    expect(await exchange(body)).toMatchObject({ status, body: { error } });
  });
});
