import { onTestFinished, describe, expect, test } from 'vitest';
import { createPersonalDataReport } from '../../src/confluence/personal-data.ts';
import { CANARY } from './test-client.ts';
import { startScripted } from './scripted-server.ts';

const DAY_MS = 86_400_000;
const ACCOUNTS = [
  { accountId: 'a', updatedAt: '2026-11-02T02:00:00.000Z' },
  { accountId: 'b', updatedAt: '2026-11-02T02:00:00.000Z' },
];

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Reports two people to a host that gives these answers, the last one for ever. */
async function report(...replies: readonly Reply[]) {
  const host = await startScripted((_received, response, count) => {
    const { status, headers = {}, body = '' } = replies[Math.min(count, replies.length) - 1] ?? { status: 500 };
    response.writeHead(status, headers).end(body);
  });
  onTestFinished(() => host[Symbol.asyncDispose]());
  const send = createPersonalDataReport({ apiBase: host.site, sleep: async () => undefined, roll: () => 0.5 });
  return { host, answer: await send(CANARY, ACCOUNTS).catch((error: unknown) => error) };
}

describe('a report of personal data', () => {
  test('tells ids and times to one address, signed', async () => {
    const { host, answer } = await report({ status: 204, headers: { 'cycle-period': 'P7D' } });
    expect(answer).toEqual({ due: [], cycleMs: 7 * DAY_MS });
    expect(host.received).toHaveLength(1);
    const [sent] = host.received;
    expect(`${sent?.method} ${sent?.target}`).toBe('POST /app/report-accounts/');
    expect(sent?.headers['authorization']).toBe(`Bearer ${CANARY}`);
    expect(JSON.parse(sent?.body ?? '')).toEqual({ accounts: ACCOUNTS });
  });

  test.each([
    ['P14D', 14],
    ['P0D', 1],
    ['P999D', 30],
    ['soon', 7],
  ])('takes the cycle %s for %i days', async (period, days) => {
    const { answer } = await report({ status: 204, headers: { 'cycle-period': period } });
    expect(answer).toMatchObject({ cycleMs: days * DAY_MS });
  });

  test('hands on what is to be done, of those that were asked about', async () => {
    const accounts = ['closed', 'updated', 'closed'].map((status, n) => ({
      accountId: ['a', 'b', 'stranger'][n],
      status,
    }));
    const { answer } = await report({ status: 200, body: JSON.stringify({ accounts, more: 1 }) });
    expect(answer).toEqual({
      due: [
        { accountId: 'a', status: 'closed' },
        { accountId: 'b', status: 'updated' },
      ],
      cycleMs: 7 * DAY_MS,
    });
  });

  test('is sent again after a failure of the server', async () => {
    const { host, answer } = await report({ status: 503 }, { status: 204 });
    expect(answer).toMatchObject({ due: [] });
    expect(host.received).toHaveLength(2);
  });

  test.each([
    [{ status: 401 }, 'report-refused', 1],
    [{ status: 403 }, 'report-refused', 1],
    [{ status: 429, headers: { 'retry-after': '90' } }, 'rate-limited', 3],
    [{ status: 400 }, 'auth-server-unreachable', 1],
    [{ status: 500 }, 'auth-server-unreachable', 3],
    [{ status: 200, body: '<html>' }, 'auth-server-unreachable', 1],
    [{ status: 200, body: '{"accounts":[{"accountId":"a","status":"frozen"}]}' }, 'auth-server-unreachable', 1],
  ] as const)('%o is %s, after %i attempts', async (reply, code, attempts) => {
    const { host, answer } = await report(reply);
    expect(answer).toMatchObject({ code });
    expect(String(answer)).not.toContain(CANARY);
    expect(host.received).toHaveLength(attempts);
  });
});
