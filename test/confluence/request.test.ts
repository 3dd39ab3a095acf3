import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { json, startScripted, v2Error } from './scripted-server.ts';
import { CANARY, createTestClient, createTestClock } from './test-client.ts';

const LIST = { results: [], _links: {} };
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Answers the given statuses one after the other, then an empty list. */
const statuses =
  (...list: [status: number, headers?: Record<string, string>][]) =>
  (_: unknown, response: ServerResponse, count: number): void => {
    const [status, headers] = list[count - 1] ?? [200];
    json(response, status, status === 200 ? LIST : { message: 'no' }, headers);
  };

describe('retries', () => {
  it('gives up after four attempts, naming operation, status and request id', async () => {
    await using server = await startScripted((_, response) => json(response, 502, {}));
    await using client = createTestClient(server.site);
    await expect(client.confluence.spaces({ keys: ['HUSH'] })).rejects.toMatchObject({
      code: 'server-error',
      message: expect.stringMatching(
        /^GET http:\/\/127\.0\.0\.1:\d+\/wiki\/api\/v2\/spaces: Confluence failed \(status 502\)\.$/,
      ) as unknown,
      fields: { endpoint: '/wiki/api/v2/spaces', status: 502, requestId: 'trace0123456789', attempts: 4 },
    });
    expect(server.received).toHaveLength(4);
  });

  it.each([400, 401, 403, 404, 409, 413])('never repeats a %i', async (status) => {
    await using server = await startScripted((_, response) => json(response, status, { message: 'no' }));
    await using client = createTestClient(server.site);
    await expect(client.confluence.restrictionsOf('1')).rejects.toThrow(/status/);
    expect(server.received).toHaveLength(1);
  });

  it('meets an outage with few requests: a tenth beyond the first allowance', async () => {
    await using server = await startScripted((_, response) => json(response, 503, {}));
    await using client = createTestClient(server.site);
    for (let i = 0; i < 40; i += 1) await client.confluence.spaces({}).catch(() => undefined);
    expect(server.received.length).toBeLessThanOrEqual(40 + 30);
  });
});

describe('429', () => {
  it('waits out Retry-After in full and sends again', async () => {
    await using server = await startScripted(statuses([429, { 'retry-after': '7' }]));
    await using client = createTestClient(server.site);
    await client.confluence.spaces({});
    expect(total(client.clock.sleeps)).toBeGreaterThanOrEqual(7_000);
    expect(client.calls).toMatchObject([{ status: 200, attempts: 2, throttled: 1 }]);
    expect(client.calls[0]?.waitedMs).toBeGreaterThanOrEqual(7_000);
  });

  it.each([{}, { 'retry-after': '0' }, { 'retry-after': '-5' }, { 'retry-after': '9223372036854775807' }])(
    'backs off on its own where the header says nothing valid: %j',
    async (headers) => {
      await using server = await startScripted((_, response) => json(response, 429, {}, headers));
      await using client = createTestClient(server.site);
      await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'rate-limited' });
      expect(server.received).toHaveLength(4);
      expect(total(client.clock.sleeps)).toBeGreaterThanOrEqual(500 + 1_000 + 2_000);
    },
  );

  it('parks on a long wait: nothing more is sent, and the error says for how long', async () => {
    await using server = await startScripted((_, response) => json(response, 429, {}, { 'retry-after': '1847' }));
    await using client = createTestClient(server.site);
    const parked = { code: 'rate-limited', fields: { retryAfterSeconds: 1_847 } };
    await expect(client.confluence.spaces({})).rejects.toMatchObject(parked);
    await expect(client.confluence.groups()).rejects.toMatchObject(parked);
    expect(server.received).toHaveLength(1);
    expect(client.clock.sleeps).toEqual([]);
  });

  it('makes everybody wait, not only the call that was refused', async () => {
    let clock = createTestClock();
    const from = clock.steadyNow();
    const arrivals: number[] = [];
    await using server = await startScripted((_, response, count) => {
      arrivals.push(clock.steadyNow() - from);
      if (count === 1) json(response, 429, {}, { 'retry-after': '30' });
      else json(response, 200, LIST);
    });
    await using client = createTestClient(server.site, { maxConcurrency: 1 });
    clock = client.clock;
    await Promise.all([client.confluence.spaces({}), client.confluence.groups(), client.confluence.spaces({})]);
    expect(arrivals).toHaveLength(4);
    expect(Math.min(...arrivals.slice(1))).toBeGreaterThanOrEqual(30_000);
  });
});

describe('the budget', () => {
  it('counts every attempt and stops before sending', async () => {
    await using server = await startScripted(statuses([500]));
    const until = new Date('2026-11-22T06:00:00Z');
    await using client = createTestClient(server.site, { budget: { requests: 3, until } });
    await client.confluence.spaces({});
    await client.confluence.spaces({});
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'budget-spent' });
    expect(server.received).toHaveLength(3);
    expect(client.confluence.requestsSent()).toBe(3);
    expect(client.calls).toHaveLength(2);
  });

  it('holds when many calls start together', async () => {
    await using server = await startScripted((_, response) => json(response, 200, LIST));
    const budget = { requests: 5, until: new Date('2026-11-22T06:00:00Z') };
    await using client = createTestClient(server.site, { budget, maxConcurrency: 8 });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => client.confluence.spaces({})));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(server.received).toHaveLength(5);
  });

  it('ends when the time is over, also when a wait would end after it', async () => {
    await using server = await startScripted((_, response) => json(response, 503, {}, { 'retry-after': '90' }));
    const budget = { requests: 100, until: new Date('2026-11-22T02:01:00Z') };
    await using client = createTestClient(server.site, { budget });
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'time-spent' });
    client.clock.advance(60_000);
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'time-spent' });
    expect(server.received).toHaveLength(1);
  });
});

describe('the stop signal', () => {
  it('lets what is in flight end and sends nothing more', async () => {
    const stop = new AbortController();
    await using server = await startScripted((_, response) => {
      stop.abort();
      json(response, 200, LIST);
    });
    await using client = createTestClient(server.site, { signal: stop.signal });
    expect(await client.confluence.spaces({})).toMatchObject({ items: [] });
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'interrupted' });
    expect(server.received).toHaveLength(1);
  });

  it('ends the wait between two attempts', async () => {
    const stop = new AbortController();
    await using server = await startScripted((_, response) => {
      stop.abort();
      json(response, 500, {});
    });
    await using client = createTestClient(server.site, { signal: stop.signal });
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'interrupted' });
    expect(server.received).toHaveLength(1);
  });

  it('does not wait for ever for an answer in flight', async () => {
    const stop = new AbortController();
    await using server = await startScripted(() => stop.abort());
    await using client = createTestClient(server.site, { signal: stop.signal, timeouts: { graceMs: 50 } });
    await expect(client.confluence.spaces({})).rejects.toMatchObject({ code: 'interrupted' });
  });
});

it('keeps the configured number of requests in flight at most', async () => {
  let open = 0;
  let most = 0;
  await using server = await startScripted((_, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      json(response, 200, LIST);
    }, 5);
  });
  await using client = createTestClient(server.site, { maxConcurrency: 3 });
  await Promise.all(Array.from({ length: 12 }, () => client.confluence.spaces({})));
  expect(most).toBe(3);
});

it('lets no secret, address or body into errors or the audit trail', async () => {
  const said = { message: 'HUSH', ...(v2Error(400, 'INVALID_REQUEST_PARAMETER', 'HUSH') as object) };
  await using server = await startScripted((_, response, count) =>
    json(response, [400, 403, 404, 500, 429][count % 5] ?? 500, said),
  );
  await using client = createTestClient(server.site);
  const errors: unknown[] = [];
  for (let i = 0; i < 5; i += 1) {
    await client.confluence.spaces({ keys: ['HUSH'], cursor: 'HUSH' }).catch((error: unknown) => errors.push(error));
  }
  expect(errors).toHaveLength(5);
  const spoken = errors.map((error) => {
    const { message, stack, fields } = error as { message: string; stack: string; fields: object };
    return JSON.stringify([message, stack, fields, error]);
  });
  const all = [...spoken, JSON.stringify(client.calls)].join('\n');
  expect(all).toContain('/wiki/api/v2/spaces');
  expect(all).not.toMatch(/HUSH|Basic /);
  expect(all).not.toContain(CANARY);
});
