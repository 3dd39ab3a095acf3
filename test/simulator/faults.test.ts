import { expect, test } from 'vitest';
import throttled from '../../src/simulator/faults/throttled.ts';
import { idsOf, NOW, smallSite } from './small-site.ts';

const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

test('a rate limit lets the burst through, then refuses until the bucket fills again', async () => {
  const { ask, site, setNow } = await smallSite();
  site.faults.rateLimit = { perSecond: 2, burst: 3, retryAfter: 1 };
  const statuses = async (count: number): Promise<number[]> => {
    const seen: number[] = [];
    for (let n = 0; n < count; n += 1) seen.push((await ask('/wiki/api/v2/spaces')).status);
    return seen;
  };
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  setNow(later(1));
  expect(await statuses(3)).toEqual([200, 200, 429]);
  setNow(later(60));
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  site.faults.rateLimit = null;
  expect(await statuses(2)).toEqual([200, 200]);
});

test.for([
  [7, '7'],
  [0, '0'],
  ['none', null],
] as const)('a refusal by rate tells Retry-After %s', async ([retryAfter, header]) => {
  const { ask, site } = await smallSite();
  site.faults.rateLimit = { perSecond: 1, burst: 0, retryAfter };
  const reply = await ask('/wiki/api/v2/spaces');
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, header]);
  expect(reply.headers.get('ratelimit-reason')).toMatch(/burst/);
  expect(reply.headers.get('content-type')).toBe('text/plain');
});

test('a fault strikes as often as asked, on its template only, and counts', async () => {
  const { ask, site } = await smallSite();
  site.faults.next((n) => ({ status: 500 + n, body: 'down' }), 2, 'GET /wiki/api/v2/pages');
  expect((await ask('/wiki/api/v2/spaces')).status).toBe(200);
  expect((await ask('/wiki/api/v2/pages')).status).toBe(501);
  expect((await ask('/wiki/api/v2/pages')).status).toBe(502);
  expect((await ask('/wiki/api/v2/pages')).status).toBe(200);
});

test('cleared faults do not strike', async () => {
  const { ask, site } = await smallSite();
  site.faults.next(() => ({ status: 503 }));
  site.faults.clear();
  expect((await ask('/wiki/api/v2/pages')).status).toBe(200);
});

test('a login page, a redirect and broken JSON come as they are told', async () => {
  const { ask, site } = await smallSite();
  site.faults.next(() => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' }));
  site.faults.next(() => ({ status: 302, headers: { location: 'https://id.example/login' } }));
  site.faults.next(() => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: '{"results": [' }));
  expect((await ask('/wiki/api/v2/pages')).body).toBe('<html>Log in</html>');
  const redirect = await ask('/wiki/api/v2/pages');
  expect([redirect.status, redirect.headers.get('location')]).toEqual([302, 'https://id.example/login']);
  expect((await ask('/wiki/api/v2/pages')).body).toBe('{"results": [');
});

test.for(['before', 'middle'] as const)('a connection cut %s the body fails the request', async (cut) => {
  const { ask, site, pages } = await smallSite();
  site.faults.next((_, real) => ({ ...real(), cut }));
  await expect(ask('/wiki/api/v2/pages?body-format=storage')).rejects.toThrow(/fetch failed|terminated/);
  expect(idsOf(await ask('/wiki/api/v2/pages'))).toContain(pages.home.id);
});

test('a write can happen and its answer be lost', async () => {
  const { ask, site, world, pages } = await smallSite();
  site.faults.next((_, real) => ({ ...real(), cut: 'before' }), 1, 'POST /wiki/rest/api/content/{id}/label');
  const json = [{ prefix: 'global', name: 'done' }];
  const path = `/wiki/rest/api/content/${pages.runbook.id}/label`;
  await expect(ask(path, { method: 'POST', json })).rejects.toThrow(/fetch failed/);
  expect(world.labelsOf(pages.runbook.id)).toContain('done');
});

test('an answer can be changed on its way, as when the next link points elsewhere', async () => {
  const { ask, site } = await smallSite();
  site.faults.next((_, real) => {
    const answer = real();
    const body = JSON.parse(answer.body) as { _links: object };
    return { ...answer, body: { ...body, _links: { ...body._links, next: 'https://evil.example/wiki/api/v2/pages' } } };
  });
  const { body } = await ask('/wiki/api/v2/pages');
  expect(body._links.next).toBe('https://evil.example/wiki/api/v2/pages');
  expect(body.results.length).toBeGreaterThan(0);
});

test('answers carry the trace headers and the date of the site', async () => {
  const { ask } = await smallSite();
  const first = (await ask('/wiki/api/v2/spaces')).headers;
  const second = (await ask('/wiki/api/v2/spaces')).headers;
  expect(first.get('date')).toBe(NOW.toUTCString());
  expect(first.get('atl-traceid')).toMatch(/^[0-9a-f]{32}$/);
  expect(first.get('atl-request-id')?.replaceAll('-', '')).toBe(first.get('atl-traceid'));
  expect(second.get('atl-traceid')).not.toBe(first.get('atl-traceid'));
});

test('compresses only for those who accept it', async () => {
  const { site } = await smallSite();
  const encoding = async (accepted: string): Promise<string | null> => {
    const reply = await fetch(`${site.url}/_edge/tenant_info`, { headers: { 'accept-encoding': accepted } });
    await reply.json();
    return reply.headers.get('content-encoding');
  };
  expect(await encoding('gzip, deflate')).toBe('gzip');
  expect(await encoding('identity')).toBeNull();
});

test('a fault of the collection takes its options, and leaves requests alone before it strikes', async () => {
  const { ask, site } = await smallSite();
  site.faults.strike(throttled, { at: 'GET /wiki/api/v2/spaces', after: 1, times: 2, retryAfter: '-3' });
  const replies = [];
  for (let n = 0; n < 4; n += 1) replies.push(await ask('/wiki/api/v2/spaces'));
  expect(replies.map(({ status }) => status)).toEqual([200, 429, 429, 200]);
  expect(replies[1]?.headers.get('retry-after')).toBe('-3');
  site.faults.strike(throttled, { retryAfter: null });
  const bare = await ask('/wiki/api/v2/pages');
  expect([bare.status, bare.headers.get('retry-after')]).toEqual([429, null]);
});
