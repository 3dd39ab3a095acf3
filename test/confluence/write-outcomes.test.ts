import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { isOutcomeUnknown } from '../../src/confluence/call-failure.ts';
import type { Confluence } from '../../src/confluence/client.ts';
import { AuditError } from '../../src/domain/errors.ts';
import { json, startScripted, v2Error } from './scripted-server.ts';
import { createTestClient } from './test-client.ts';

type Write = (confluence: Confluence) => Promise<unknown>;

const POSTS: [string, Write][] = [
  ['a comment', (confluence) => confluence.addComment('42', 'page', '<p>x</p>')],
  ['a property', (confluence) => confluence.addProperty('42', 'docaudit', 1)],
  ['a job', (confluence) => confluence.archivePages(['42'])],
];
const REPEATED: [string, Write][] = [
  ['a changed comment', (confluence) => confluence.updateComment('7', 2, '<p>x</p>')],
  ['a changed property', (confluence) => confluence.updateProperty('42', '7', 'docaudit', 2, 1)],
  ['a removed comment', (confluence) => confluence.removeComment('7')],
  ['a removed property', (confluence) => confluence.removeProperty('42', '7')],
  ['a removed label', (confluence) => confluence.removeLabel('42', 'docaudit-stale')],
  ['a page in the trash', (confluence) => confluence.trashPage('42', 'page')],
];

const failed = async (promise: Promise<unknown>): Promise<{ code: string; unknown: boolean }> => {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { code: (error as { code: string }).code, unknown: isOutcomeUnknown(error) };
};

describe.each(POSTS)('%s', (_, write) => {
  it.each<[string, (response: ServerResponse) => unknown, string]>([
    ['the connection resets', (response) => response.destroy(), 'site-unreachable'],
    ['the server fails', (response) => json(response, 500, {}), 'server-error'],
    ['the answer has another shape', (response) => json(response, 200, { ok: true }), 'response-invalid'],
  ])('is sent once where %s, and its outcome is unknown', async (__, fail, code) => {
    await using server = await startScripted((___, response) => void fail(response));
    await using client = createTestClient(server.site);
    expect(await failed(write(client.confluence))).toEqual({ code, unknown: true });
    expect(server.received.map(({ method }) => method)).toEqual(['POST']);
  });

  it('is sent again after a 429, and a refusal is known not to have happened', async () => {
    await using server = await startScripted((__, response, count) =>
      count === 1 ? json(response, 429, {}, { 'retry-after': '1' }) : json(response, 403, { message: 'no' }),
    );
    await using client = createTestClient(server.site);
    expect(await failed(write(client.confluence))).toEqual({ code: 'forbidden', unknown: false });
    expect(server.received).toHaveLength(2);
  });
});

describe.each(REPEATED)('%s', (_, write) => {
  it('is sent again after a failure, and unknown where it fails to the end', async () => {
    await using server = await startScripted((__, response) => json(response, 503, {}));
    await using client = createTestClient(server.site);
    expect(await failed(write(client.confluence))).toEqual({ code: 'server-error', unknown: true });
    expect(server.received).toHaveLength(4);
  });

  it('is a conflict at another version: known where it was sent once, unknown where an earlier try may have done it', async () => {
    await using server = await startScripted((__, response, count) =>
      count === 2 ? json(response, 503, {}) : json(response, 409, { message: 'no' }),
    );
    await using client = createTestClient(server.site);
    expect(await failed(write(client.confluence))).toEqual({ code: 'conflict', unknown: false });
    expect(await failed(write(client.confluence))).toEqual({ code: 'conflict', unknown: true });
    expect(server.received).toHaveLength(3);
  });

  it('stays unknown where the lease is lost before it could be sent again', async () => {
    await using server = await startScripted((__, response) => json(response, 503, {}));
    let looks = 0;
    const mayAsk = async (): Promise<void> => {
      looks += 1;
      if (looks === 2) throw new AuditError('lease-lost', 'Another worker took over.');
    };
    await using client = createTestClient(server.site, { mayAsk });
    expect(await failed(write(client.confluence))).toEqual({ code: 'lease-lost', unknown: true });
    expect(server.received).toHaveLength(1);
  });
});

it('whoever watches a client is told of each attempt whether it writes, after all waiting, and can stop it', async () => {
  await using server = await startScripted((_, response, count) =>
    count === 1 ? json(response, 429, {}, { 'retry-after': '30' }) : json(response, 200, { results: [], _links: {} }),
  );
  const looks: [boolean, number][] = [];
  let clock = { steadyNow: () => 0 };
  await using client = createTestClient(server.site, {
    mayAsk: async ({ write }) => {
      looks.push([write, clock.steadyNow()]);
      if (write) throw new AuditError('lease-lost', 'Another worker took over.');
    },
  });
  clock = client.clock;
  const from = clock.steadyNow();
  await client.confluence.spaces({});
  expect(await failed(client.confluence.addLabel('42', 'docaudit-stale'))).toEqual({
    code: 'lease-lost',
    unknown: false,
  });
  expect(looks.map(([write]) => write)).toEqual([false, false, true]);
  expect((looks[1]?.[1] ?? 0) - from).toBeGreaterThanOrEqual(30_000);
  expect(server.received).toHaveLength(2);
});

it('ids of pages go into a job as numbers, and one that a number would round is not sent', async () => {
  await using server = await startScripted((_, response) => json(response, 202, { id: 77, links: {} }));
  await using client = createTestClient(server.site);
  expect(await client.confluence.archivePages(['65563', '9007199254740991'])).toEqual({ taskId: '77' });
  expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
    pages: [{ id: 65_563 }, { id: 9_007_199_254_740_991 }],
  });
  const rounded = client.confluence.archivePages(['9007199254740993']);
  await expect(rounded).rejects.toMatchObject({ code: 'request-refused' });
  const tooMany = Array.from({ length: 301 }, (_, n) => String(n + 1));
  await expect(client.confluence.archivePages(tooMany)).rejects.toThrow(RangeError);
  expect(server.received).toHaveLength(1);
});

it('a page without a text that can be read is not restored, for an empty one would be sent in its place', async () => {
  const version = { number: 3, createdAt: '2026-01-01T00:00:00.000Z' };
  await using server = await startScripted((_, response) => json(response, 200, { title: 'x', version, body: {} }));
  await using client = createTestClient(server.site);
  expect(await failed(client.confluence.restorePage('42', { parentId: null, message: '' }))).toEqual({
    code: 'response-invalid',
    unknown: false,
  });
  expect(server.received.map(({ method }) => method)).toEqual(['GET']);
});

it('a page is restored with title and text exactly as they were read', async () => {
  const [title, value] = [`${'long '.repeat(200)}title`, `<p>Half a pair ${String.fromCodePoint(0xd800)} and \0.</p>`];
  const version = { number: 3, createdAt: '2026-01-01T00:00:00.000Z' };
  const page = { title, version, body: { storage: { value } } };
  await using server = await startScripted(({ method }, response) =>
    json(response, 200, method === 'GET' ? page : { ...page, version: { number: 4 } }),
  );
  await using client = createTestClient(server.site);
  expect(await client.confluence.restorePage('42', { parentId: '7', message: 'Undone' })).toEqual({ version: 4 });
  expect(server.received.map(({ method, target }) => [method, target])).toEqual([
    ['GET', '/wiki/api/v2/pages/42?status=trashed&body-format=storage'],
    ['PUT', '/wiki/api/v2/pages/42'],
  ]);
  expect(JSON.parse(server.received[1]?.body ?? '')).toEqual({
    id: '42',
    status: 'current',
    title,
    parentId: '7',
    body: { representation: 'storage', value },
    version: { number: 4, message: 'Undone' },
  });
});

it('a 404 to a comment is looked into: what cannot be seen is not found', async () => {
  await using server = await startScripted(({ method }, response) =>
    method === 'POST'
      ? json(response, 404, v2Error(404, 'NOT_FOUND', 'Cannot find a page with id [42]'))
      : json(response, 200, { results: [], _links: {} }),
  );
  await using client = createTestClient(server.site);
  expect(await failed(client.confluence.addComment('42', 'page', '<p>x</p>'))).toMatchObject({ code: 'not-found' });
  expect(server.received.map(({ method }) => method)).toEqual(['POST', 'GET']);
});
