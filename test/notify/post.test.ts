import type { LookupFunction } from 'node:net';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { post } from '../../src/notify/post.ts';
import { openReceiver } from '../alerts/receiver.ts';
import { leaksIn } from '../canary/canary.ts';

const { signal } = new AbortController();
const sent = (url: string, more: { privateAddress?: boolean; lookup?: LookupFunction; signal?: AbortSignal } = {}) =>
  post({ url, body: '{}', headers: {}, privateAddress: false, signal, ...more });

it.each([
  [{ status: 200 }, { ok: true, how: 'Status 200, ok.' }],
  [
    { status: 204, text: '' },
    { ok: true, how: 'Status 204.' },
  ],
  [
    { status: 400, text: 'invalid_blocks' },
    { ok: false, why: 'Status 400, invalid_blocks.', ofMessage: true },
  ],
  [
    { status: 403, text: '<b>Who are you, Ann?</b>' },
    { ok: false, why: 'Status 403.', ofMessage: false },
  ],
  [
    { status: 307, headers: { location: 'https://evil.example/' } },
    { ok: false, why: 'Status 307, ok: redirects are not followed.' },
  ],
  [
    { status: 429, headers: { 'retry-after': '7' } },
    { ok: false, askedMs: 7_000 },
  ],
  [
    { status: 503, text: 'x'.repeat(1_000_000) },
    { ok: false, why: 'Status 503.', askedMs: null },
  ],
])('%j is told as %j', async (answer, expected) => {
  const receiver = await openReceiver();
  receiver.next.push(answer);
  const result = await sent(receiver.url);
  expect(result).toMatchObject(expected);
  expect(receiver.received).toHaveLength(1);
  expect(leaksIn(JSON.stringify(result))).toEqual([]);
});

it.each([
  ['http://hooks.example.com/x', /not an https:/],
  ['https://user:word@hooks.example.com/x', /not an https:/],
  ['file:///etc/passwd', /not an https:/],
  ['nonsense', /not an https:/],
  ['https://10.0.0.1/x', /private network/],
  ['https://[fd00::1]/x', /private network/],
  ['https://169.254.169.254/latest', /private network/],
])('nothing is sent to %s', async (url, why) => {
  expect(await sent(url)).toMatchObject({ ok: false, why: expect.stringMatching(why) });
});

const inside: LookupFunction = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);

it('a name that leads into a private network is refused, unless the settings allow it', async () => {
  const plain = createServer((socket) => socket.end('no TLS here'));
  await new Promise<void>((resolve) => void plain.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void plain.close());
  const url = `https://hooks.example.com:${(plain.address() as AddressInfo).port}/x`;
  expect(await sent(url, { lookup: inside })).toMatchObject({ why: expect.stringMatching(/private network/) });
  expect(await sent(url, { lookup: inside, privateAddress: true })).toMatchObject({
    why: expect.stringMatching(/no encrypted connection/),
  });
});

it('an answer that never comes ends with the signal', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void silent.close());
  const stop = new AbortController();
  const waiting = sent(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/x`, { signal: stop.signal });
  setTimeout(() => stop.abort(), 50);
  expect(await waiting).toMatchObject({ ok: false, why: expect.stringMatching(/^No answer: /) });
});
