import { createServer as createPlain } from 'node:http';
import type { AddressInfo, LookupFunction, Server } from 'node:net';
import { createServer } from 'node:https';
import { describe, expect, it } from 'vitest';
import { publicAddressesOnly } from '../../src/network/public-address.ts';
import { createTestClient } from '../confluence/test-client.ts';
import { selfSigned } from './self-signed.ts';

/** A server that only takes connections, and how many it took. */
async function listening(server: Server) {
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

it('a certificate that nobody vouches for is named, after one connection and without a request', async () => {
  const requests: string[] = [];
  await using server = await listening(createServer(selfSigned(), ({ url }) => void requests.push(url ?? '')));
  await using client = createTestClient(`https://localhost:${server.port}`);
  await expect(client.confluence.spaces({})).rejects.toMatchObject({
    code: 'certificate-invalid',
    message: expect.stringMatching(/certificate not accepted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/) as unknown,
    fields: { attempts: 1 },
  });
  expect([server.connections(), requests]).toEqual([1, []]);
});

it('a port that speaks no TLS is named, after one connection and without the credential', async () => {
  const requests: string[] = [];
  await using server = await listening(createPlain(({ url }) => void requests.push(url ?? '')));
  await using client = createTestClient(`https://localhost:${server.port}`);
  await expect(client.confluence.spaces({})).rejects.toMatchObject({
    code: 'site-unreachable',
    message: expect.stringMatching(/no encrypted connection came about/) as unknown,
    fields: { attempts: 1 },
  });
  expect([server.connections(), requests]).toEqual([1, []]);
});

const answering =
  (...addresses: readonly string[]): LookupFunction =>
  (_, __, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('the name of a site', () => {
  it.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['172.20.0.1'],
    ['192.168.0.1'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['::1'],
    ['fd00::1'],
    ['fe80::1'],
    ['::ffff:10.0.0.1'],
    ['203.0.113.5', '10.0.0.1'],
  ])('that leads to %s is refused before a connection, once', async (...addresses) => {
    await using server = await listening(createPlain());
    const site = `https://acme.atlassian.net:${server.port}`;
    await using client = createTestClient(site, { lookup: answering(...addresses) });
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'address-refused' });
    expect(server.connections()).toBe(0);
    expect(client.calls).toMatchObject([{ status: null, attempts: 1 }]);
  });

  it.each(['https://10.1.2.3', 'https://[fd00::1]', 'https://169.254.169.254'])('may not be %s', async (site) => {
    await using client = createTestClient(site);
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'address-refused' });
  });

  it.each(['104.192.136.1', '2401:1d80::1', '172.15.255.255'])('may lead to %s', (address) => {
    const heard: unknown[] = [];
    const { lookup, origin } = publicAddressesOnly(answering(address));
    origin('https://acme.atlassian.net');
    lookup('acme.atlassian.net', { all: true }, (...answer) => heard.push(...answer));
    expect(heard).toMatchObject([null, [{ address }], undefined]);
  });
});
