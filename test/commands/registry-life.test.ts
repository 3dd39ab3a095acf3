import { expect, onTestFinished, test, vi } from 'vitest';
import { EMAIL, leaksInDatabase, TOKEN } from '../canary/canary.ts';
import { refusalOf } from './ended.ts';
import { type Office, openOffice } from './office.ts';
import { openDesk } from './workplace.ts';

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const QUIET = { rules: { 'unresolved-comments': 'off' } };

/** A desk with a key ring and no tenant in a file. */
async function openRegistryDesk() {
  const desk = await openDesk();
  onTestFinished(() => desk[Symbol.asyncDispose]());
  desk.environment['AUDIT_KEYS'] = key('k1', 3);
  desk.configure(QUIET);
  const { type } = desk;
  const rows = (table: string) => desk.database.superuser(`select * from audit.${table}`);
  return { desk, type, rows };
}

const sites = (name: string) => `https://${name}.atlassian.net`;

const line = (id: string, site: string, more: object = { secret: TOKEN }) =>
  JSON.stringify({ id, site, auth: { type: 'basic', email: EMAIL }, ...more });

test('many tenants come in together: by reference, or with a token that is sealed at once', async () => {
  const { desk, type, rows } = await openRegistryDesk();
  const office = await openOffice();
  const auth = { type: 'basic', email: EMAIL, token: { command: ['printenv', 'TOKEN'] } };
  const lines = [line('acme', office.url), '', line('globex', 'https://globex.atlassian.net', { auth })];
  expect(await type('tenants import', lines.join('\n'))).toMatchObject({ code: 0 });
  expect(await rows('registration')).toHaveLength(2);
  expect(await rows('credential')).toMatchObject([{ tenant_id: 'acme', key_id: 'k1' }]);
  expect((await leaksInDatabase(desk.database)).leaks).toEqual([]);
  expect(await desk.run('audit --tenant acme')).toMatchObject({ code: 0 });
});

test('of an import with mistakes every bad line is told, and nothing is taken in', async () => {
  const { desk, type, rows } = await openRegistryDesk();
  await type('tenants import', line('held', 'https://held.atlassian.net'));
  const lines = [
    line('fine', sites('fine')),
    '{ not JSON',
    line('Bad Id', sites('bad')),
    line('twice', sites('one')),
    line('twice', sites('two')),
    line('thief', sites('fine')),
    line('held', sites('other')),
    line('again', sites('held')),
    line('empty', sites('empty'), { secret: '' }),
    line('both', sites('both'), { secret: 'x1', auth: { type: 'basic', email: EMAIL, token: { env: 'TOKEN' } } }),
    line('none', sites('none'), {}),
    line('sealed', sites('sealed'), { auth: { type: 'bearer', token: 'sealed' } }),
    line('app', sites('app'), { auth: { type: 'oauth', app: 'nobody' } }),
  ];
  const refused = await type('tenants import', lines.join('\n'));
  expect(refused.code).toBe(2);
  const said = refusalOf(refused).split('\n');
  for (const told of [
    'line 2 is not a tenant in JSON',
    'line 3: id is not a tenant id',
    'line 5: id is the same as line 4: id',
    'line 6: site is the same as line 1: site',
    'line 7: id is the same as the tenant held of the registry: id',
    'line 8: site is the same as the tenant held of the registry: site',
    'line 9 has a secret that is no token',
    'line 10 has a secret and says that the token lies elsewhere',
    'line 11: auth.token is missing',
    'line 12 says that its token is sealed, and brings none',
    'line 13: auth.app names no entry of apps',
  ]) {
    expect(said.filter((each) => each.includes(told))).toHaveLength(1);
  }
  expect(await rows('registration')).toMatchObject([{ tenant_id: 'held' }]);
  expect(await rows('credential')).toHaveLength(1);
  expect(refusalOf(await type('tenants import', '\n'))).toContain('No tenants came on stdin');
  expect(await desk.run('tenants import tenants.ndjson')).toMatchObject({ code: 2 });
});

test('a disabled tenant is asked nothing more, in the middle of an audit of another process', async () => {
  const { desk, type, rows } = await openRegistryDesk();
  const office = await openOffice({ notes: 1_500 });
  await type('tenants import', line('acme', office.url));
  const audit = desk.start('audit --format json');
  await vi.waitFor(() => expect(lists(office)).toBeGreaterThan(2), { timeout: 60_000, interval: 5 });
  // Slow enough that the audit is still under way when the other process has started.
  office.site.faults.rateLimit = { perSecond: 0.5, burst: 1, retryAfter: 2 };
  const disabled = desk.start('tenants disable acme');
  await vi.waitFor(async () => expect(await rows('tenant')).toMatchObject([{ enabled: false }]), {
    timeout: 60_000,
    interval: 5,
  });
  const when = office.site.requests.length;
  const ended = await audit.ended;
  expect(JSON.parse(ended.stdout)).toMatchObject([{ outcome: 'partial', reason: 'disabled' }]);
  expect(ended.code).toBe(4);
  // One may have been on its way when the tenant was disabled.
  expect(office.site.requests.length - when).toBeLessThanOrEqual(1);
  expect((await disabled.ended).code).toBe(0);
  office.site.faults.rateLimit = null;
  expect(await desk.run('audit --tenant acme')).toMatchObject({ code: 2 });
  expect(await desk.run('tenants enable acme')).toMatchObject({ code: 0 });
  expect(await desk.run('audit')).toMatchObject({ code: 0 });
});

const lists = ({ site }: Office): number => site.requests.filter(({ template }) => template.endsWith('/pages')).length;

test('a removed tenant loses its credential at once and its data after the grace, unless it is added again', async () => {
  const { desk, type, rows } = await openRegistryDesk();
  const office = await openOffice();
  await type('tenants import', line('acme', office.url));
  await desk.run('audit');
  const removed = await desk.run('tenants remove acme --grace 2d');
  expect(removed.stdout).toMatch(/^The credential of tenant acme is deleted; its data will be from .* on\./);
  expect(await rows('credential')).toEqual([]);
  expect(await rows('registration')).toEqual([]);
  expect(await rows('page')).not.toEqual([]);
  expect(refusalOf(await type(`tenants add acme --site https://b.example --email ${EMAIL}`, TOKEN))).toContain(
    `the data of ${office.url} lies under the id acme`,
  );
  expect(await type(`tenants add acme --site ${office.url} --email ${EMAIL}`, TOKEN)).toMatchObject({ code: 0 });
  expect(await rows('tenant')).toMatchObject([{ enabled: true, delete_after: null }]);
  const gone = await desk.run('tenants remove acme --now');
  expect(gone.stdout).toMatch(/^The credential and the data of tenant acme are deleted: \d+ rows\./);
  for (const table of ['tenant', 'page', 'finding', 'finding_event', 'run']) expect(await rows(table)).toEqual([]);
  // What was asked of the site and done here stays on record, and can be read.
  expect(await rows('api_call')).not.toEqual([]);
  const acts = await rows('admin_act');
  expect(acts.map(({ action }) => action)).toEqual(['tenant-import', 'tenant-remove', 'tenant-add', 'tenant-remove']);
  expect(await desk.run('export audit-trail --tenant acme --format ocsf')).toMatchObject({ code: 0 });
  expect(await desk.run('tenants remove acme')).toMatchObject({ code: 2 });
});

test('keys are rotated step by step, and what a lost key sealed is told', async () => {
  const { desk, type, rows } = await openRegistryDesk();
  const office = await openOffice();
  await type('tenants import', [line('acme', office.url), line('globex', 'https://globex.atlassian.net')].join('\n'));
  expect(refusalOf(await desk.run('rotate-keys', { AUDIT_KEYS: '' }))).toContain('keys-missing');
  const ring = { AUDIT_KEYS: `${key('k2', 4)},${key('k1', 3)}` };
  const wrong = await desk.run('rotate-keys --format json', { AUDIT_KEYS: key('k2', 4) });
  expect(wrong.code).toBe(5);
  expect(JSON.parse(wrong.stdout)).toEqual([
    { key: 'k2', sealed_now: 0, still_needed_by: 0 },
    { key: 'k1', sealed_now: 0, still_needed_by: 2 },
  ]);
  expect(wrong.log.filter(({ level }) => level === 'error')).toHaveLength(2);
  const rotated = await desk.run('rotate-keys --format json', ring);
  expect(rotated.code).toBe(0);
  expect(JSON.parse(rotated.stdout)).toEqual([{ key: 'k2', sealed_now: 2, still_needed_by: 0 }]);
  expect(await rows('credential')).toMatchObject([{ key_id: 'k2' }, { key_id: 'k2' }]);
  const audit = await desk.run('audit --tenant acme --format json');
  expect(JSON.parse(audit.stdout)).toMatchObject([{ outcome: 'failed', reason: 'auth-invalid', requests: 0 }]);
  expect(await desk.run('audit --tenant acme', { AUDIT_KEYS: key('k2', 4) })).toMatchObject({ code: 0 });
});
