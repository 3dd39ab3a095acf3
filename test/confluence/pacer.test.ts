import { expect, it } from 'vitest';
import { createPacer } from '../../src/confluence/pacer.ts';
import { createPacerRegistry } from '../../src/confluence/pacer-registry.ts';
import { createTestClock } from './test-client.ts';

/** A pacer whose waiting requests wake in the order of their time. */
function pacerOnTestTime(share = 1) {
  let now = 0;
  const waiting: { at: number; wake: () => void }[] = [];
  const sleep = (ms: number) =>
    new Promise<void>((wake) => {
      waiting.push({ at: now + ms, wake });
    });
  async function run(untilMs: number) {
    for (let guard = 0; guard < 10_000; guard += 1) {
      await new Promise(setImmediate);
      waiting.sort((a, b) => a.at - b.at);
      const next = waiting[0];
      if (next === undefined || next.at > untilMs) break;
      waiting.shift();
      now = Math.max(now, next.at);
      next.wake();
    }
    now = untilMs;
  }
  return { pacer: createPacer({ share, steadyNow: () => now, sleep }), run };
}

it('spaces requests that ask together', async () => {
  const { pacer, run } = pacerOnTestTime();
  const sent: number[] = [];
  for (let i = 0; i < 6; i += 1) void pacer.take('read').then(({ sentAt }) => sent.push(sentAt));
  await run(2_000);
  expect(sent).toHaveLength(6);
  const gaps = sent.slice(3).map((at, index) => at - (sent[index + 2] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(99);
});

it('gives each endpoint class its own pace', async () => {
  const { pacer, run } = pacerOnTestTime();
  const sent = { read: 0, permission: 0 };
  for (const kind of ['read', 'permission'] as const) {
    for (let i = 0; i < 50; i += 1) void pacer.take(kind).then(() => (sent[kind] += 1));
  }
  await run(2_000);
  expect(sent.read).toBeGreaterThan(sent.permission * 1.5);
});

it('stops all classes after a refusal, also requests that were waiting for their turn', async () => {
  const { pacer, run } = pacerOnTestTime();
  const sent: number[] = [];
  const { sentAt } = await pacer.take('search');
  for (let i = 0; i < 12; i += 1) void pacer.take('read').then((turn) => sent.push(turn.sentAt));
  await run(0);
  const before = sent.length;
  pacer.refused('search', sentAt, 5_000);
  await run(4_999);
  expect(sent).toHaveLength(before);
  await run(10_000);
  expect(sent).toHaveLength(12);
  // And they do not all leave at the moment when the pause ends.
  expect(sent.filter((at) => at === 5_000).length).toBeLessThanOrEqual(2);
});

it('keeps the longest of several pauses', async () => {
  const clock = createTestClock();
  const pacer = createPacer({ share: 1, ...clock });
  const from = clock.steadyNow();
  pacer.pause(30_000);
  pacer.pause(1_000);
  expect((await pacer.take('read')).sentAt - from).toBeGreaterThanOrEqual(30_000);
});

it('does not hold a process for a pause over two minutes', async () => {
  const clock = createTestClock();
  const pacer = createPacer({ share: 1, ...clock });
  pacer.refused('read', clock.steadyNow(), 1_847_000);
  await expect(pacer.take('write')).rejects.toMatchObject({
    code: 'rate-limited',
    fields: { retryAfterSeconds: 1_847 },
  });
  expect(clock.sleeps).toEqual([]);
});

it('makes all accounts on a site wait, for a refusal does not say whose limit it was', async () => {
  const clock = createTestClock();
  const registry = createPacerRegistry(clock);
  const key = { site: 'https://acme.atlassian.net', account: 'bot@acme.com', share: 0.7 };
  const from = clock.steadyNow();
  registry.pacerFor(key).refused('read', from, 30_000);
  await registry.pacerFor({ ...key, site: 'https://umbrella.atlassian.net' }).take('read');
  expect(clock.steadyNow() - from).toBeLessThan(1_000);
  await registry.pacerFor({ ...key, account: 'other@acme.com' }).take('write');
  expect(clock.steadyNow() - from).toBeGreaterThanOrEqual(30_000);
});

it('voids a turn that lies after the pause, or it would leave beside the new ones', async () => {
  const { pacer, run } = pacerOnTestTime();
  const sent: number[] = [];
  for (let i = 0; i < 30; i += 1) void pacer.take('read').then((turn) => sent.push(turn.sentAt));
  await run(500);
  pacer.refused('read', 499, 1_000);
  await run(6_000);
  const after = sent.filter((at) => at >= 1_500 && at < 2_500);
  expect(sent.filter((at) => at > 500 && at < 1_500)).toEqual([]);
  expect(after.length).toBeLessThanOrEqual(8);
});

it('shares one pacer among the clients of one account on one site, and no other', () => {
  const registry = createPacerRegistry(createTestClock());
  const key = { site: 'https://acme.atlassian.net', account: 'bot@acme.com', share: 0.7 };
  const pacer = registry.pacerFor(key);
  expect(registry.pacerFor({ ...key, site: 'https://acme.atlassian.net/' })).toBe(pacer);
  expect(registry.pacerFor({ ...key, account: 'other@acme.com' })).not.toBe(pacer);
  expect(registry.pacerFor({ ...key, site: 'https://umbrella.atlassian.net' })).not.toBe(pacer);
});
