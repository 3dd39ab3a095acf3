import { expect, onTestFinished, test, vi } from 'vitest';
import { startAtlassian } from '../../src/simulator/atlassian.ts';
import type { Running } from './command.ts';
import type { Ended } from './ended.ts';
import { refusalOf } from './ended.ts';
import { openOffice } from './office.ts';
import { openDesk, tenant } from './workplace.ts';

const CALLBACK = 'https://worker.example/callback';
const KEY = `k1:${Buffer.alloc(32, 3).toString('base64')}`;
const CONFIG = { rules: { 'unresolved-comments': 'off' } };

/** An office behind the gateway, and a desk whose tenant signs in through an app. */
async function openConsentDesk() {
  const office = await openOffice();
  const atlassian = await startAtlassian({ sites: [office.site], now: () => new Date() });
  onTestFinished(() => atlassian.close());
  atlassian.addApp({ clientId: 'app-id', clientSecret: 'app-secret', redirectUri: CALLBACK });
  const desk = await openDesk();
  onTestFinished(() => desk[Symbol.asyncDispose]());
  const { url } = atlassian;
  const app = { APP_ID: 'app-id', APP_SECRET: 'app-secret' };
  Object.assign(desk.environment, { ...app, AUDIT_KEYS: KEY, ATLASSIAN_API_BASE: url, ATLASSIAN_AUTH_BASE: url });
  desk.configure({
    ...CONFIG,
    apps: [{ id: 'ours', clientId: { env: 'APP_ID' }, clientSecret: { env: 'APP_SECRET' }, redirectUri: CALLBACK }],
    tenants: [tenant('acme', office.url, { auth: { type: 'oauth', app: 'ours' } })],
  });
  const [account] = [...office.world.credentials.values()];
  /** Consents as soon as the command asks, and types the address in. */
  const answer = async ({ child, ended }: Running, change = (back: string) => back): Promise<Ended> => {
    let said = '';
    child.stdout.on('data', (text: string) => {
      said += text;
    });
    await vi.waitFor(() => expect(said).toContain('/authorize?'), { timeout: 60_000, interval: 20 });
    const reach = { site: office.site, accountId: account?.accountId ?? '' };
    child.stdin.end(`\n${change(atlassian.consent(said.split('\n')[0] ?? '', [reach]))}\n`);
    return ended;
  };
  return { office, desk, answer, atlassian };
}

test('a tenant is authorized once, and audited with the grant from then on', async () => {
  const { desk, answer, office, atlassian } = await openConsentDesk();
  const before = await desk.run('audit --format json');
  expect(before.code).toBe(5);
  expect(JSON.parse(before.stdout)).toMatchObject([{ outcome: 'failed', reason: 'reauth-needed', requests: 0 }]);

  const ended = await answer(desk.start('tenants authorize acme'));
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).toMatch(/scope=read%3A[^&]*offline_access[^&]*&/);
  expect(ended.stdout).toContain(`Tenant acme may use ${office.url}. The grant is stored sealed.`);

  const audit = await desk.run('audit --format json');
  expect(JSON.parse(audit.stdout)).toMatchObject([{ outcome: 'complete', reason: null }]);
  expect(atlassian.exchanges).toEqual(['authorization_code']);
  const doctor = await desk.run('doctor --tenant acme');
  expect(doctor.stdout).toMatch(/ scopes +│ ok +│ All \d+ that are needed/);
  const privacy = await desk.run('privacy --format json');
  expect(privacy).toMatchObject({ code: 0 });
  expect(JSON.parse(privacy.stdout)).toEqual([{ app: 'ours', reported: 2, closed: 0, updated: 0 }]);
  expect(atlassian.personalData.reports).toHaveLength(1);
  const acts = await desk.database.superuser(
    `select tenant_id, action, subject from audit.admin_act where action in ('tenant-authorize', 'privacy') order by at`,
  );
  expect(acts).toEqual([
    { tenant_id: 'acme', action: 'tenant-authorize', subject: office.url },
    { tenant_id: '*', action: 'privacy', subject: 'ours' },
  ]);
  const told = [before, ended, audit, doctor, privacy].map(({ stdout, stderr }) => stdout + stderr).join('');
  for (const secret of ['app-secret', 'access-', 'refresh-', KEY.slice(3)]) expect(told).not.toContain(secret);
});

test('an address with another state, or none at all, stores nothing', async () => {
  const { desk, answer } = await openConsentDesk();
  const forged = await answer(desk.start('tenants authorize acme'), (back) => back.replace('state=', 'state=x'));
  expect(forged.code).toBe(5);
  expect(forged.stderr).toContain('error consent-refused: This address answers another question');
  const silent = desk.start('tenants authorize acme');
  silent.child.stdin.end();
  expect(await silent.ended).toMatchObject({ code: 2 });
  expect(await desk.database.superuser('select from audit.credential')).toEqual([]);
});

test('without a key nobody is asked', async () => {
  const { desk } = await openConsentDesk();
  const refused = await desk.run('tenants authorize acme', { AUDIT_KEYS: '' });
  expect(refused.code).toBe(2);
  expect(refusalOf(refused)).toMatch(/^error keys-missing: .*openssl rand -base64 32/);
});

test.each([
  ['tenants', 'authorize'],
  ['tenants authorize', 'authorize ID'],
  ['tenants authorize globex', 'no such tenant'],
  ['tenants paint acme', 'authorize'],
])('%s is refused with the way to write it', async (words, hint) => {
  const { desk } = await openConsentDesk();
  const refused = await desk.run(words);
  expect(refused.code).toBe(2);
  expect(refusalOf(refused)).toContain(hint);
});
