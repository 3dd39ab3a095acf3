import { expect, onTestFinished, test } from 'vitest';
import { ENDPOINTS } from '../../src/confluence/endpoints.ts';
import { startAtlassian } from '../../src/simulator/atlassian.ts';
import { EMAIL, TOKEN } from '../canary/canary.ts';
import { refusalOf } from './ended.ts';
import { openOffice } from './office.ts';
import { openDesk } from './workplace.ts';

const CONFIG = { rules: { 'unresolved-comments': 'off' }, defaults: { mode: 'audit' } };

test('a scoped token is tried for each scope, and a site that has another cloud id than last time is sent nothing', async () => {
  const office = await openOffice();
  const atlassian = await startAtlassian({ sites: [office.site], now: () => new Date() });
  onTestFinished(() => atlassian.close());
  const desk = await openDesk();
  onTestFinished(() => desk[Symbol.asyncDispose]());
  desk.configure(CONFIG);
  Object.assign(desk.environment, {
    AUDIT_KEYS: `k1:${Buffer.alloc(32, 3).toString('base64')}`,
    ATLASSIAN_API_BASE: atlassian.url,
  });
  const { type } = desk;
  const accountId = [...office.world.credentials.values()][0]?.accountId ?? '';
  const grant = (scopes: readonly string[]) =>
    office.world.addGatewayToken({ token: TOKEN, email: EMAIL, accountId, scopes });
  const add = () => type(`tenants add acme --auth scoped --site ${office.url} --email ${EMAIL}`, TOKEN);

  const scopes = [...new Set(Object.values(ENDPOINTS).map(({ scope }) => scope))];
  grant(scopes.filter((scope) => scope !== 'read:space:confluence'));
  const lacking = await add();
  expect(lacking.code).toBe(5);
  expect(refusalOf(lacking)).toMatch(/error scope-missing: The token lacks .*read:space:confluence/);
  expect(await desk.database.superuser('select from audit.registration')).toEqual([]);
  grant(scopes);
  expect(await add()).toMatchObject({ code: 0 });
  expect(await desk.run('tenants verify acme')).toMatchObject({ code: 0 });

  await desk.database.superuser(`update audit.tenant set cloud_id = '00000000-0000-4000-8000-000000000000'`);
  const before = office.site.requests.length;
  const moved = await type('tenants rotate acme', TOKEN);
  expect(moved.code).toBe(5);
  expect(refusalOf(moved)).toMatch(/error site-changed: .* last time it was 00000000-.*; the credential was not sent/);
  const verified = await desk.run('tenants verify --format json');
  expect(verified.code).toBe(5);
  expect(JSON.parse(verified.stdout)).toMatchObject([{ tenant_id: 'acme', check: 'credential', status: 'fail' }]);
  const after = office.site.requests.slice(before).filter(({ template }) => !template.includes('tenant_info'));
  expect(after).toEqual([]);
});

test('a reader is granted a tenant by the login that owns the tables, and by no other', async () => {
  const desk = await openDesk();
  onTestFinished(() => desk[Symbol.asyncDispose]());
  desk.configure(CONFIG);
  await desk.database.superuser(
    `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at) values ('acme', 'https://x', true, 'basic', now())`,
  );
  const [{ role } = {}] = await desk.database.superuser(`select 'reader_' || md5(random()::text) as role`);
  await desk.database.superuser(`create role ${String(role)} login`);
  onTestFinished(() => desk.database.superuser(`drop role if exists ${String(role)}`).then(() => undefined));
  const grants = () => desk.database.superuser('select role_name, tenant_id from fleet.reader_grant');
  const refused = await desk.run(`tenants grant-reader ${String(role)} --tenant acme`);
  expect(refusalOf(refused)).toContain('error database-unprepared: This login may not say who reads what');
  expect(await desk.run('tenants grant-reader nobody-here --all')).toMatchObject({ code: 2 });
  expect(await desk.run(`tenants grant-reader ${String(role)}`)).toMatchObject({ code: 2 });
  const [owner] = await desk.database.superuser(
    `select r.rolname from pg_class c join pg_roles r on r.oid = c.relowner where c.oid = 'fleet.reader_grant'::regclass`,
  );
  const admin = new URL(desk.database.url ?? '');
  admin.username = String(owner?.['rolname']);
  const asOwner = { DATABASE_ADMIN_URL: admin.href };
  expect(await desk.run(`tenants grant-reader ${String(role)} --tenant acme`, asOwner)).toMatchObject({ code: 0 });
  expect(await grants()).toEqual([{ role_name: role, tenant_id: 'acme' }]);
  await desk.run(`tenants grant-reader ${String(role)} --tenant acme --revoke`, asOwner);
  expect(await grants()).toEqual([]);
});
