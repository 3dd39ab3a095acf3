import { expect, onTestFinished, test } from 'vitest';
import { EMAIL, leaksInDatabase, TOKEN } from '../canary/canary.ts';
import { refusalOf } from './ended.ts';
import { openOffice } from './office.ts';
import { openDesk, tenant } from './workplace.ts';

const KEY = `k1:${Buffer.alloc(32, 3).toString('base64')}`;
const QUIET = { rules: { 'unresolved-comments': 'off' } };

/** A desk with a key ring, an office, and no tenant anywhere. */
async function openRegistryDesk() {
  const office = await openOffice();
  const desk = await openDesk();
  onTestFinished(() => desk[Symbol.asyncDispose]());
  desk.environment['AUDIT_KEYS'] = KEY;
  desk.configure(QUIET);
  const { type } = desk;
  const add = (more = '', token = TOKEN) =>
    type(`tenants add acme --site ${office.url} --email ${EMAIL}${more}`, `${token}\n`);
  const registry = () => desk.database.superuser('select tenant_id, settings from audit.registration order by 1');
  return { office, desk, type, add, registry };
}

test('a tenant is added with its token from stdin, audited with it, and nothing of the token is left in the open', async () => {
  const { desk, add, registry, office } = await openRegistryDesk();
  const added = await add(' --expires 2027-05-01 tags.tier=gold');
  expect(added).toMatchObject({ code: 0 });
  expect(added.stdout).toMatch(/credential +│ ok +│ Accepted: the account is "Audit Bot"/);
  expect(added.stdout).toMatch(/spaces +│ ok +│ 2 visible to the account/);
  expect(await registry()).toEqual([
    {
      tenant_id: 'acme',
      settings: {
        id: 'acme',
        site: office.url,
        auth: { type: 'basic', email: EMAIL, token: 'sealed', expires: '2027-05-01' },
        tags: { tier: 'gold' },
      },
    },
  ]);
  const audit = await desk.run('audit --tag tier:gold --format json');
  expect(JSON.parse(audit.stdout)).toMatchObject([{ tenant_id: 'acme', outcome: 'complete' }]);
  const printed = await desk.run('config print --tenant acme --resolved');
  expect(printed.stdout).toMatch(/token: sealed # registry/);
  const listed = await desk.run('tenants list --format json');
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { tenant_id: 'acme', lives_in: 'registry', enabled: true, sealed_with: 'k1', account: 'Audit Bot' },
  ]);
  expect((await desk.run('doctor')).stdout).toMatch(/Valid: 1 tenant\(s\) from audit\.yaml, the registry, 1 enabled/);
  expect((await leaksInDatabase(desk.database)).leaks).toEqual([]);
});

test.each([
  ['a token that is not good', '', 'a-wrong-token', 'error auth-invalid'],
  ['no token', '', '', 'No token came for tenant acme'],
  ['a token with a blank', '', 'two words', 'is no token'],
  [
    'a setting that is none',
    ' mode=aply',
    TOKEN,
    'the tenant acme: mode is not one of the possible values: did you mean apply?',
  ],
  ['a word that is no setting', ' gold', TOKEN, 'is not KEY=VALUE'],
  ['no key ring', '', TOKEN, 'error keys-missing', { AUDIT_KEYS: '' }],
  ['a key ring that is none', '', TOKEN, 'The key ring cannot be used', { AUDIT_KEYS: 'k1:short' }],
] as const)('with %s nothing is added', async (_, more, token, said, extra: object = {}) => {
  const { desk, add, registry } = await openRegistryDesk();
  Object.assign(desk.environment, extra);
  const refused = await add(more, token);
  expect(refusalOf(refused)).toContain(said);
  expect(refused.code).toBe(said.includes('auth-invalid') ? 5 : 2);
  expect(await registry()).toEqual([]);
  expect(await desk.database.superuser('select from audit.credential')).toEqual([]);
});

test.each([
  'tenants add acme --token abcdef123456',
  'tenants rotate acme --secret=abcdef123456',
  'tenants add acme --password abcdef123456',
  'tenants add acme --site https://acme.atlassian.net ATATT3xFfGF0abcdef123456',
  'tenants set acme auth.token=abcdef123456',
  'tenants add acme --email ATATT3xFfGF0abcdef123456',
])('a secret is never taken from the command line: %s', async (words) => {
  const { desk } = await openRegistryDesk();
  const refused = await desk.run(words);
  expect(refused.code).toBe(2);
  const said = refusalOf(refused);
  expect(said).toContain('other users of this machine see arguments, and the shell remembers them');
  expect(said).not.toContain('abcdef123456');
});

test('an id or a site stands in one place, a file or the registry, whoever comes second', async () => {
  const { desk, add, office } = await openRegistryDesk();
  const other = await openOffice();
  desk.configure({ ...QUIET, tenants: [tenant('acme', other.url), tenant('globex', office.url)] });
  const second = await add();
  expect(second.code).toBe(2);
  expect(refusalOf(second)).toContain('the tenant acme: id is the same as audit.yaml: tenants[0].id');
  expect(refusalOf(second)).toContain('the tenant acme: site is the same as audit.yaml: tenants[1].site');
  desk.configure(QUIET);
  expect(await add()).toMatchObject({ code: 0 });
  desk.configure({ ...QUIET, tenants: [tenant('globex', office.url)] });
  const clash = await desk.run('audit');
  expect(clash.code).toBe(2);
  expect(refusalOf(clash)).toMatch(
    /the tenant acme of the registry: site is the same as audit\.yaml: tenants\[0\]\.site.*one place/,
  );
  expect((await desk.run('tenants disable acme')).code).toBe(0);
  expect(refusalOf(await desk.run('tenants disable globex'))).toContain('stand in audit.yaml: change them there');
});

test('settings change by key, and how a tenant signs in only after it was tried', async () => {
  const { desk, add, registry, type } = await openRegistryDesk();
  await add();
  expect(
    await desk.run('tenants set acme mode=audit spaces.include=[OPS] rules.stale-runbook.failDays=30'),
  ).toMatchObject({
    code: 0,
  });
  expect(await desk.run('tenants set acme spaces.include=null')).toMatchObject({ code: 0 });
  const [row] = await registry();
  expect(row?.['settings']).toMatchObject({ mode: 'audit', rules: { 'stale-runbook': { failDays: 30 } } });
  expect(row?.['settings']).not.toHaveProperty('spaces');
  const stranger = await desk.run('tenants set acme auth.email=nobody@example.com');
  expect(stranger.code).toBe(5);
  for (const words of ['site=https://b.example', 'rules.no-such-rule={}', 'mode=', 'auth.token=sealed2']) {
    expect(await desk.run(`tenants set acme ${words}`)).toMatchObject({ code: 2, stdout: '' });
  }
  expect(await registry()).toEqual([row]);
  expect(refusalOf(await desk.run('tenants set acmee mode=plan'))).toContain('Did you mean acme?');
  desk.write('token', TOKEN);
  expect(await type('tenants set acme auth.token.file=token', '')).toMatchObject({ code: 0 });
  expect(await desk.database.superuser('select from audit.credential')).toEqual([]);
});

test('a token is replaced once the new one has proved to be the same account’s', async () => {
  const { desk, add, type, office } = await openRegistryDesk();
  await add();
  const { accountId } = [...office.world.credentials.values()][0] ?? { accountId: '' };
  const bad = await type('tenants rotate acme', 'a-wrong-token');
  expect(bad.code).toBe(5);
  const other = office.world.addAccount({ displayName: 'Other Bot', email: EMAIL, accountId: 'other' });
  office.world.addCredential({ email: EMAIL, token: 'of-another', accountId: other.accountId });
  const stranger = await type('tenants rotate acme', 'of-another');
  expect(refusalOf(stranger)).toContain(
    'error site-changed: The credential belongs to account other, last time it was',
  );
  office.world.addCredential({ email: EMAIL, token: 'the-next-token', accountId });
  expect(await desk.run('audit')).toMatchObject({ code: 5 });
  expect(await type('tenants rotate acme --expires 2028-01-31', 'the-next-token')).toMatchObject({ code: 0 });
  expect(await desk.run('audit')).toMatchObject({ code: 0 });
  const listed = await desk.run('tenants list --format json');
  expect(JSON.parse(listed.stdout)).toMatchObject([{ token_expires_at: '2028-01-31' }]);
});
