import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
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

describe('redirects', () => {
  it.each([
    ['another host', 'redirect-refused', 302],
    ['a login page', 'login-page', 302],
    ['another host for good', 'redirect-refused', 308],
  ])('are not followed: to %s', async (where, code, status) => {
    await using elsewhere = await startScripted((_, response) => json(response, 200, EMPTY_LIST));
    await using server = await startScripted((_, response) => {
      response
        .writeHead(status, { location: `${elsewhere.site}${where === 'a login page' ? '/login' : '/wiki'}` })
        .end();
    });
    await using client = createTestClient(server.site);
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code });
    expect(elsewhere.received).toEqual([]);
    expect(server.received).toHaveLength(1);
  });
});

it('sends nothing to another host that a list names as its next page', async () => {
  await using elsewhere = await startScripted((_, response) => json(response, 200, EMPTY_LIST));
  await using server = await startScripted((_, response) =>
    json(response, 200, { results: [], _links: { next: `${elsewhere.site}/wiki/api/v2/spaces?cursor=x` } }),
  );
  await using client = createTestClient(server.site);
  await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'foreign-origin' });
  expect(elsewhere.received).toEqual([]);
});

it('takes a login page with status 200 for what it is', async () => {
  await using server = await startScripted((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>');
  });
  await using client = createTestClient(server.site);
  await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'login-page' });
  expect(server.received).toHaveLength(1);
});

describe('caps', () => {
  it('stops reading a body that is larger than allowed', async () => {
    let written = 0;
    await using server = await startScripted((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(64 * 1_024, 32);
      const more = (): void => {
        if (response.destroyed || written > 50 * 2 ** 20) return;
        written += chunk.length;
        response.write(chunk, more);
      };
      more();
    });
    await using client = createTestClient(server.site, { caps: { wire: 2 ** 20 } });
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'response-too-large' });
    expect(written).toBeLessThan(20 * 2 ** 20);
    expect(server.received).toHaveLength(1);
  });

  it('does not even begin to read where the length says so', async () => {
    await using server = await startScripted((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500000000' });
      response.write('{');
    });
    await using client = createTestClient(server.site);
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'response-too-large' });
  });

  it.each([
    ['beyond the cap on inflated bytes', { inflated: 2 ** 20 }, 2 * 2 ** 20],
    ['a thousandfold, though within the cap', {}, 32 * 2 ** 20],
  ])('refuses gzip that inflates %s', async (_, caps, size) => {
    const bomb = gzipSync(Buffer.alloc(size, 32));
    await using server = await startScripted((__, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
    });
    await using client = createTestClient(server.site, { caps });
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'response-too-large' });
  });

  it('refuses a compression that was not asked for', async () => {
    await using server = await startScripted((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br' }).end('x');
    });
    await using client = createTestClient(server.site);
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'response-invalid' });
  });
});

describe('time', () => {
  it('gives up on an answer that never begins', async () => {
    await using server = await startScripted(() => undefined);
    await using client = createTestClient(server.site, { timeouts: { headersMs: 100 } });
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'site-unreachable' });
  });

  it('gives up on an answer that trickles, when its total time is over', async () => {
    const timers: NodeJS.Timeout[] = [];
    await using server = await startScripted((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      timers.push(setInterval(() => response.write(' '), 20));
    });
    await using client = createTestClient(server.site, { timeouts: { totalMs: 150 } });
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'site-unreachable' });
    for (const timer of timers) clearInterval(timer);
  });
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
