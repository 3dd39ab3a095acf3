import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Answer, servePages } from '../../src/metrics/serve.ts';
import { createLog } from '../../src/runtime/log.ts';
import { freePort } from '../free-port.ts';

const logged: string[] = [];
const log = createLog({
  level: 'info',
  format: 'json',
  now: () => new Date(),
  write: (line) => void logged.push(line),
});
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const page =
  (text: string, status: Answer['status'] = 200) =>
  () =>
    Promise.resolve<Answer>({ status, type: 'text/plain', text });

async function open(): Promise<number> {
  const port = await freePort();
  const pages = {
    '/metrics': page('a 1\n'),
    '/readyz': page('not ready\n', 503),
    '/broken': () => Promise.reject(new Error('no figures')),
  };
  const { stop } = await servePages({ port, host: '127.0.0.1', pages, log });
  closers.push(stop);
  return port;
}

test.each([
  ['/metrics', 'GET', 200, 'a 1\n'],
  ['/metrics?name[]=up', 'GET', 200, 'a 1\n'],
  ['/metrics', 'HEAD', 200, ''],
  ['/readyz', 'GET', 503, 'not ready\n'],
  ['/metrics', 'POST', 405, ''],
  ['/metrics', 'DELETE', 405, ''],
  ['/', 'GET', 404, ''],
  ['/toString', 'GET', 404, ''],
  ['/__proto__', 'GET', 404, ''],
])('%s asked with %s is answered %i', async (path, method, status, text) => {
  const answer = await fetch(`http://127.0.0.1:${await open()}${path}`, { method });
  expect([answer.status, await answer.text()]).toEqual([status, text]);
});

test('a page that cannot be made is 503, and the log says which', async () => {
  const answer = await fetch(`http://127.0.0.1:${await open()}/broken`);
  expect(answer.status).toBe(503);
  expect(logged.join('')).toContain('"endpoint":"/broken"');
});

/** Sends this and nothing more; resolves with what came once the other side has closed. */
async function send(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let came = '';
  socket.setEncoding('utf8').on('data', (data: string) => {
    came += data;
  });
  // A reset says the same as an end.
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return came;
}

test.each([
  ['a body', 'GET /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello', '413'],
  ['a body of unknown length', 'GET /metrics HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n', '413'],
  ['headers without end', `GET /metrics HTTP/1.1\r\nhost: x\r\na: ${'b'.repeat(20_000)}`, '431'],
  ['something that is no HTTP', '\u0016\u0003\u0001 hello\r\n\r\n', '400'],
])('a client that sends %s is refused and cut off', async (_, text, status) => {
  expect(await send(await open(), text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test('a client that never finishes its request is cut off within seconds', async () => {
  const port = await open();
  const startedAt = performance.now();
  await send(port, 'GET /metrics HTTP/1.1\r\nhost: x\r\n');
  expect(performance.now() - startedAt).toBeLessThan(9_000);
}, 15_000);

test('clients that open connections and say nothing keep nobody out for long', async () => {
  const port = await open();
  const idle: Socket[] = Array.from({ length: 200 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  const asked = async (): Promise<number> => {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => null);
      if (answer !== null) return answer.status;
    }
  };
  expect(await asked()).toBe(200);
  for (const socket of idle) socket.destroy();
}, 20_000);

test('a port that is taken is told as a mistake of the settings', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  await expect(servePages({ port, host: '127.0.0.1', pages: {}, log })).rejects.toMatchObject({
    code: 'config-invalid',
    message: `METRICS_PORT: port ${port} cannot be opened (EADDRINUSE).`,
  });
  taken.close();
});
