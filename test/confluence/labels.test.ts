import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { isOutcomeUnknown } from '../../src/confluence/call-failure.ts';
import { json, KNOWN_USER, startScripted } from './scripted-server.ts';
import { createTestClient } from './test-client.ts';

const LABELS = {
  results: [
    { prefix: 'global', name: 'docaudit-stale', id: '7', label: 'docaudit-stale' },
    { prefix: 'my', name: 'favourite', id: '8', label: 'my:favourite' },
  ],
  start: 0,
  limit: 200,
  size: 2,
};

const failed = async (promise: Promise<unknown>): Promise<{ code: string; unknown: boolean }> => {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { code: (error as { code: string }).code, unknown: isOutcomeUnknown(error) };
};

it('adds a global label and gives what is on the page then', async () => {
  await using server = await startScripted((_, response) => json(response, 200, LABELS));
  await using client = createTestClient(server.site);
  expect(await client.confluence.addLabel('42', 'docaudit-stale')).toEqual([
    { prefix: 'global', name: 'docaudit-stale' },
    { prefix: 'my', name: 'favourite' },
  ]);
  expect(server.received).toMatchObject([
    { method: 'POST', target: '/wiki/rest/api/content/42/label', headers: { 'content-type': 'application/json' } },
  ]);
  expect(JSON.parse(server.received[0]?.body ?? '')).toEqual([{ prefix: 'global', name: 'docaudit-stale' }]);
});

describe('adding is never repeated where it may have happened', () => {
  it.each<[string, (response: ServerResponse) => unknown, string]>([
    ['the connection resets', (response) => response.destroy(), 'site-unreachable'],
    ['the server fails', (response) => json(response, 500, {}), 'server-error'],
    ['a gateway times out', (response) => json(response, 504, {}), 'server-error'],
    [
      'the answer is cut',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"res'),
      'response-invalid',
    ],
    ['the answer has another shape', (response) => json(response, 200, { ok: true }), 'response-invalid'],
    [
      'the answer is a web page',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      'login-page',
    ],
    ['no answer comes', () => undefined, 'site-unreachable'],
  ])('%s: the outcome is unknown', async (_, fail, code) => {
    await using server = await startScripted((__, response) => void fail(response));
    await using client = createTestClient(server.site, { timeouts: { headersMs: 100 } });
    expect(await failed(client.confluence.addLabel('42', 'docaudit-stale'))).toEqual({ code, unknown: true });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    [400, 'request-refused'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [401, 'auth-invalid'],
  ])('a %i is known not to have happened', async (status, code) => {
    await using server = await startScripted((_, response) =>
      json(response, status, { statusCode: status, message: 'no' }),
    );
    await using client = createTestClient(server.site);
    expect(await failed(client.confluence.addLabel('42', 'docaudit-stale'))).toEqual({ code, unknown: false });
    expect(server.received).toHaveLength(1);
  });
});

it('adds again after a 429, which was not carried out', async () => {
  await using server = await startScripted((_, response, count) =>
    count === 1 ? json(response, 429, {}, { 'retry-after': '1' }) : json(response, 200, LABELS),
  );
  await using client = createTestClient(server.site);
  await client.confluence.addLabel('42', 'docaudit-stale');
  expect(server.received).toHaveLength(2);
});

it('adds again after a doubtful refusal, once the identity stands', async () => {
  await using server = await startScripted(({ url }, response, count) => {
    if (url.pathname.endsWith('/user/current')) json(response, 200, KNOWN_USER);
    else if (count === 1) json(response, 403, { message: 'Current user not permitted to use Confluence' });
    else json(response, 200, LABELS);
  });
  await using client = createTestClient(server.site);
  await client.confluence.addLabel('42', 'docaudit-stale');
  expect(server.received.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
});

describe('removing', () => {
  it('names the label in a parameter, where it may hold a slash', async () => {
    await using server = await startScripted((_, response) => void response.writeHead(204).end());
    await using client = createTestClient(server.site);
    await client.confluence.removeLabel('42', 'docaudit-a/b');
    expect(server.received).toMatchObject([
      { method: 'DELETE', target: '/wiki/rest/api/content/42/label?name=docaudit-a%2Fb' },
    ]);
  });

  it('is content with a label that is gone', async () => {
    await using server = await startScripted((_, response) =>
      json(response, 404, { statusCode: 404, message: 'gone' }),
    );
    await using client = createTestClient(server.site);
    await expect(client.confluence.removeLabel('42', 'docaudit-stale')).resolves.toBeUndefined();
  });

  it('is repeated after a failure, because twice is as good as once', async () => {
    await using server = await startScripted((_, response, count) =>
      count === 1 ? json(response, 500, {}) : void response.writeHead(204).end(),
    );
    await using client = createTestClient(server.site);
    await client.confluence.removeLabel('42', 'docaudit-stale');
    expect(server.received).toHaveLength(2);
  });

  it('does not take a login page for success', async () => {
    await using server = await startScripted((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>');
    });
    await using client = createTestClient(server.site);
    await expect(client.confluence.removeLabel('42', 'docaudit-stale')).rejects.toMatchObject({ code: 'login-page' });
  });
});

it('reads all pages of the labels of a page', async () => {
  await using server = await startScripted(({ url }, response) => {
    const second = url.searchParams.get('cursor') === 'two';
    const next = second ? {} : { next: '/wiki/api/v2/pages/42/labels?limit=250&cursor=two' };
    json(response, 200, { results: [{ id: '1', prefix: 'global', name: second ? 'b' : 'a' }], _links: next });
  });
  await using client = createTestClient(server.site);
  expect((await client.confluence.labelsOf('42')).map(({ name }) => name)).toEqual(['a', 'b']);
});
