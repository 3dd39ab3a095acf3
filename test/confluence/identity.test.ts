import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { json, KNOWN_USER, startScripted, v2Error } from './scripted-server.ts';
import { createTestClient } from './test-client.ts';

const ME = '/wiki/rest/api/user/current';
const PAGE = { results: [], _links: {} };
const notPermitted = (response: ServerResponse) =>
  json(response, 403, { statusCode: 403, message: 'caller cannot access Confluence' });
const bareNotFound = (response: ServerResponse) => json(response, 404, v2Error(404, 'NOT_FOUND', 'Not Found'));

it('tells who the credential is', async () => {
  await using server = await startScripted((_, response) => json(response, 200, KNOWN_USER));
  await using client = createTestClient(server.site);
  expect(await client.confluence.currentUser()).toEqual({
    accountId: 'aaid:1',
    displayName: 'Audit Bot',
    type: 'known',
  });
  expect(await client.confluence.proveIdentity('aaid:1')).toEqual({
    accountId: 'aaid:1',
    displayName: 'Audit Bot',
    cloudId: null,
  });
});

it('notices that the credential belongs to another account than last time', async () => {
  await using server = await startScripted((_, response) => json(response, 200, KNOWN_USER));
  await using client = createTestClient(server.site);
  await expect(client.confluence.proveIdentity('aaid:2')).rejects.toMatchObject({ code: 'site-changed' });
});

it('calls a credential dead only after a second look', async () => {
  await using server = await startScripted((_, response) => notPermitted(response));
  await using client = createTestClient(server.site);
  await expect(client.confluence.proveIdentity(null)).rejects.toMatchObject({ code: 'auth-invalid' });
  expect(server.paths()).toEqual([ME, ME]);
  expect(client.clock.sleeps).toContain(3_000);
});

it('takes no second look when told to stop', async () => {
  const stop = new AbortController();
  await using server = await startScripted((_, response) => {
    stop.abort();
    notPermitted(response);
  });
  await using client = createTestClient(server.site, { signal: stop.signal });
  await expect(client.confluence.proveIdentity(null)).rejects.toMatchObject({ code: 'interrupted' });
  expect(server.received).toHaveLength(1);
});

it('goes on when the second look succeeds', async () => {
  await using server = await startScripted((_, response, count) =>
    count === 1 ? notPermitted(response) : json(response, 200, KNOWN_USER),
  );
  await using client = createTestClient(server.site);
  expect(await client.confluence.proveIdentity(null)).toMatchObject({ accountId: 'aaid:1' });
});

it.each([
  ['anonymous', { type: 'anonymous', displayName: 'Anonymous' }],
  ['unknown', { type: 'unknown', accountId: 'aaid:1' }],
  ['known but without an account', { type: 'known', accountId: null }],
])('does not take a public site for a working credential: %s', async (_, user) => {
  await using server = await startScripted((__, response) => json(response, 200, user));
  await using client = createTestClient(server.site);
  await expect(client.confluence.proveIdentity(null)).rejects.toMatchObject({ code: 'auth-anonymous' });
  expect(server.received).toHaveLength(2);
});

it('does not look twice at a plain 401: repeated failures lock accounts', async () => {
  await using server = await startScripted((_, response) => json(response, 401, {}));
  await using client = createTestClient(server.site);
  await expect(client.confluence.proveIdentity(null)).rejects.toMatchObject({ code: 'auth-invalid' });
  expect(server.received).toHaveLength(1);
});

it('repeats a call that looked like a dead credential once the identity stands', async () => {
  await using server = await startScripted(({ url }, response, count) => {
    if (url.pathname === ME) json(response, 200, KNOWN_USER);
    else if (count === 1) bareNotFound(response);
    else json(response, 200, PAGE);
  });
  await using client = createTestClient(server.site);
  expect(await client.confluence.spaces({})).toMatchObject({ items: [] });
  expect(server.paths()).toEqual(['/wiki/api/v2/spaces', ME, '/wiki/api/v2/spaces']);
});

it.each([
  ['404 of v2', bareNotFound, 'not-found'],
  ['403 of v1', notPermitted, 'forbidden'],
])('believes the status, %s, when the identity stands and the answer comes again', async (_, refuse, code) => {
  await using server = await startScripted(({ url }, response) => {
    if (url.pathname === ME) json(response, 200, KNOWN_USER);
    else refuse(response);
  });
  await using client = createTestClient(server.site);
  const call = code === 'not-found' ? client.confluence.labelsOf('1') : client.confluence.restrictionsOf('1');
  await expect(call).rejects.toMatchObject({ code });
  expect(server.received).toHaveLength(3);
});

it('sends nothing more once the credential is dead, and looks at the identity only once for all callers', async () => {
  await using server = await startScripted(({ url }, response) =>
    url.pathname === ME ? notPermitted(response) : bareNotFound(response),
  );
  await using client = createTestClient(server.site);
  const calls = [client.confluence.spaces({}), client.confluence.attachments({}), client.confluence.labelsOf('1')];
  for (const result of await Promise.allSettled(calls)) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'auth-invalid' } });
  }
  expect(server.paths().filter((path) => path === ME)).toHaveLength(2);
  const before = server.received.length;
  await expect(client.confluence.groups()).rejects.toMatchObject({ code: 'auth-invalid' });
  expect(server.received).toHaveLength(before);
});

it('sends nothing more after a 401 in the middle of a run', async () => {
  await using server = await startScripted((_, response) => json(response, 401, {}));
  await using client = createTestClient(server.site);
  await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'auth-invalid' });
  await expect(client.confluence.groups()).rejects.toMatchObject({ code: 'auth-invalid' });
  expect(server.received).toHaveLength(1);
});

it('notices in the middle of a run that the credential has become another account', async () => {
  let accountId = 'aaid:1';
  await using server = await startScripted(({ url }, response) =>
    url.pathname === ME ? json(response, 200, { ...KNOWN_USER, accountId }) : bareNotFound(response),
  );
  await using client = createTestClient(server.site);
  await client.confluence.proveIdentity(null);
  accountId = 'aaid:2';
  await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'site-changed' });
});
