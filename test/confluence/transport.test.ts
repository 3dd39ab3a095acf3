import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { json, startScripted } from './scripted-server.ts';
import { CANARY, createTestClient } from './test-client.ts';

const EMPTY_LIST = { results: [], _links: {} };

it('asks for JSON and gzip, signed, in HTTP/1.1, and sends nothing else about itself', async () => {
  await using server = await startScripted((_, response) => json(response, 200, EMPTY_LIST));
  await using client = createTestClient(server.site);
  await client.confluence.spaces({});
  expect(server.received[0]).toMatchObject({
    method: 'GET',
    target: '/wiki/api/v2/spaces?sort=id&limit=250',
    headers: {
      authorization: `Basic ${Buffer.from(`bot@example.com:${CANARY}`).toString('base64')}`,
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'confluence-audit-worker',
    },
  });
});

it('undoes gzip', async () => {
  await using server = await startScripted((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(JSON.stringify(EMPTY_LIST)));
  });
  await using client = createTestClient(server.site);
  expect(await client.confluence.spaces({})).toMatchObject({ items: [], next: null });
});

it('takes a login page with status 200 for what it is', async () => {
  await using server = await startScripted((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>');
  });
  await using client = createTestClient(server.site);
  await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'login-page' });
  expect(server.received).toHaveLength(1);
});

it('refuses a compression that was not asked for', async () => {
  await using server = await startScripted((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br' }).end('x');
  });
  await using client = createTestClient(server.site);
  await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'response-invalid' });
});

it('reaches nothing at a port where nobody listens, and says so after two attempts', async () => {
  const server = await startScripted(() => undefined);
  await server[Symbol.asyncDispose]();
  await using client = createTestClient(server.site);
  await expect(client.confluence.currentUser()).rejects.toMatchObject({
    code: 'site-unreachable',
    fields: { attempts: 2 },
  });
  expect(client.calls).toMatchObject([{ status: null, attempts: 2 }]);
});
