import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMAIL, leaksInDatabase } from '../canary/canary.ts';
import type { Ended } from './ended.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

/** A tenant that cannot be audited; `changed` counts what it was asked to change. */
interface Bad {
  readonly site: string;
  readonly changed: () => number;
  readonly close: () => Promise<void>;
}

/** A web server that is no Confluence. */
async function stranger(answer: RequestListener): Promise<Bad> {
  const methods: string[] = [];
  const server = createServer((request, response) => {
    methods.push(request.method ?? '');
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    site: `http://127.0.0.1:${port}`,
    changed: () => methods.filter((method) => method !== 'GET').length,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function closedPort(): Promise<Bad> {
  const gone = await stranger(() => {});
  await gone.close();
  return { ...gone, close: async () => {} };
}

async function office({ open = false, revoked = false } = {}): Promise<Bad> {
  const { url, world, writes, close } = await startOffice({ anonymousAccess: open });
  if (revoked) world.revokeToken(EMAIL);
  return { site: url, changed: () => writes().length, close };
}

const html = '<!doctype html><html><head><title>Log in</title></head><body><form></form></body></html>';
const signIn = (token: object) => ({ auth: { type: 'basic', email: EMAIL, token } });

interface Row {
  readonly id: string;
  readonly open: () => Promise<Bad>;
  readonly settings?: object;
  readonly reason: string;
  /** What is wrong, and what to do. */
  readonly says: RegExp;
}

const MISTAKES: readonly Row[] = [
  {
    id: 'variable-not-set',
    open: office,
    settings: signIn({ env: 'NOT_THERE' }),
    reason: 'auth-invalid',
    says: /^There is no secret for tenant variable-not-set: the variable NOT_THERE is not set or empty\. Set the variable/,
  },
  {
    id: 'secret-file-missing',
    open: office,
    settings: signIn({ file: 'secrets/bad' }),
    reason: 'auth-invalid',
    says: /: the file secrets\/bad cannot be read \(ENOENT\)\. Set the variable, file or command that the reference names\.$/,
  },
  {
    id: 'no-such-group',
    open: office,
    settings: { readers: { onCallGroups: ['sre-oncal'] } },
    reason: 'unexpected',
    says: /^readers\.onCallGroups of tenant no-such-group: the site has no group "sre-oncal"\. Use a group name or id/,
  },
];

const FAILURES: readonly Row[] = [
  {
    id: 'nobody-listens',
    open: closedPort,
    reason: 'unreachable',
    says: /^GET http:\/\/127\.0\.0\.1:\d+\/\S+: the connection was refused\. Check the site address, DNS, proxy and firewall\.$/,
  },
  {
    id: 'token-revoked',
    open: () => office({ revoked: true }),
    reason: 'auth-invalid',
    says: /credential is not accepted \(status 403\)\. Make a new API token for this account/,
  },
  {
    id: 'anonymous-answers',
    open: () => office({ revoked: true, open: true }),
    reason: 'auth-anonymous',
    says: /does not know who is asking.* Make a new token\.$/,
  },
  {
    id: 'login-page',
    open: () => stranger((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html)),
    reason: 'auth-invalid',
    says: /web page instead of JSON \(status 200\)\. .*check the site address, single sign-on and the token\.$/,
  },
  {
    id: 'login-redirect',
    open: () =>
      stranger((_, response) => response.writeHead(302, { location: 'https://id.atlassian.com/login' }).end()),
    reason: 'auth-invalid',
    says: /it sent us to a login page \(status 302\)\. .*check the site address, single sign-on and the token\.$/,
  },
];

interface Summary {
  readonly tenant_id: string;
  readonly findings: Readonly<Record<string, number>>;
  readonly seconds: number;
}

describe.each([
  { kind: 'mistakes in the settings of tenants', rows: MISTAKES, exit: 2 },
  { kind: 'sites that do not let us in', rows: FAILURES, exit: 5 },
])('$kind', ({ rows, exit }) => {
  let desk: Desk;
  let good: Office;
  let ended: Ended;
  let bad: Readonly<Record<string, Bad>>;
  let summary: readonly Summary[];
  beforeAll(async () => {
    [desk, good] = await Promise.all([openDesk(), startOffice()]);
    bad = Object.fromEntries(await Promise.all(rows.map(async ({ id, open }) => [id, await open()] as const)));
    const tenants = rows.map(({ id, settings }) => tenant(id, bad[id]?.site ?? '', settings));
    desk.configure({ defaults: { mode: 'apply' }, tenants: [...tenants, tenant('good', good.url)] });
    ended = await desk.run('audit --format json');
    summary = JSON.parse(ended.stdout) as Summary[];
  });
  afterAll(async () => {
    await Promise.all([...Object.values(bad), good].map((site) => site.close()));
    await desk[Symbol.asyncDispose]();
  });

  test.each(rows)('$id: told in one line with the remedy, nothing written', ({ id, reason, says }) => {
    const result = summary.find(({ tenant_id }) => tenant_id === id);
    expect(result).toMatchObject({ outcome: 'failed', reason, findings: { high: 0 }, writes: { planned: 0, done: 0 } });
    expect(result?.seconds).toBeLessThan(15);
    const told = ended.log.filter((line) => line['tenant'] === id && line.level === 'error');
    expect(told).toHaveLength(1);
    expect(`${String(told[0]?.['error'])} ${String(told[0]?.['hint'])}`).toMatch(says);
    expect(bad[id]?.changed()).toBe(0);
  });

  test('the other tenant is audited, and its findings are the only ones', async () => {
    expect(summary.find(({ tenant_id }) => tenant_id === 'good')).toMatchObject({
      outcome: 'complete',
      reason: null,
      findings: { high: 2 },
      writes: { planned: 2, done: 2 },
    });
    expect(good.labelled()).toBe(2);
    const owners = await desk.database.superuser('select distinct tenant_id from audit.finding');
    expect(owners).toEqual([{ tenant_id: 'good' }]);
  });

  test('the command exits as the worst of them says, and keeps the secret out of every row', async () => {
    expect(ended.code).toBe(exit);
    const { rows: read, leaks } = await leaksInDatabase(desk.database);
    expect(leaks).toEqual([]);
    expect(read).toBeGreaterThan(20);
  });
});

test('for people the remedy stands beside what went wrong, and nothing was asked or covered', async () => {
  await using desk = await openDesk();
  desk.configure({ tenants: [tenant('bad', 'http://127.0.0.1:1')] });
  const { stdout, code } = await desk.run('audit', { TOKEN: '' });
  expect(stdout).toContain('bad: failed (auth-invalid)');
  expect(stdout).toContain('the variable TOKEN is not set or empty. Set the variable, file or command');
  expect(stdout).toContain('Requests  0 ');
  expect(stdout).toMatch(/│ failed  │ auth-invalid │ unknown /);
  expect(code).toBe(2);
});
