import { expect, onTestFinished, test } from 'vitest';
import { EMAIL, PASSWORD } from '../canary/canary.ts';
import type { Ended } from './ended.ts';
import { openOffice } from './office.ts';
import { openDesk, openWorkplace, tenant } from './workplace.ts';

type Row = Readonly<Record<'tenant_id' | 'check' | 'status' | 'detail' | 'what_to_do', string | null>>;
const rowsOf = ({ stdout }: Ended): Row[] => JSON.parse(stdout) as Row[];
const verdicts = (ended: Ended): string[] =>
  rowsOf(ended).map(({ tenant_id: id, check, status }) => `${id ?? '-'} ${check} ${status}`);

test('doctor looks at everything, and one dead tenant is told from a sound one', async () => {
  const [sound, dead] = [await openOffice(), await openOffice()];
  dead.world.revokeToken(EMAIL);
  await using desk = await openDesk();
  const expires = { auth: { type: 'basic', email: EMAIL, token: { env: 'TOKEN' }, expires: '2099-01-01' } };
  desk.configure({
    extends: [],
    rules: { 'unreadable-runbook': {}, 'dangerous-attachment': {} },
    defaults: { mode: 'apply', readers: { onCallGroups: ['sre-oncall'] } },
    tenants: [tenant('acme', sound.url, expires), tenant('globex', dead.url, expires)],
  });
  const ended = await desk.run('doctor --format json');
  expect(verdicts(ended)).toEqual([
    '- environment ok',
    '- config ok',
    '- database ok',
    '- schema ok',
    'acme credential ok',
    'acme token expiry ok',
    'acme spaces ok',
    'acme search ok',
    'acme profiles ok',
    'acme attachments ok',
    'acme on-call groups ok',
    'acme permission check ok',
    'globex credential fail',
    'globex token expiry ok',
  ]);
  expect(ended.code).toBe(5);
  expect([...sound.writes(), ...dead.writes()]).toEqual([]);
  expect(await desk.database.superuser('select from audit.tenant')).toEqual([]);

  const one = await desk.run('doctor --tenant acme');
  expect(one).toMatchObject({ code: 0, stderr: '' });
  expect(one.stdout).toMatch(/ acme +│ permission check +│ ok /);
});

test('doctor goes on after a mistake in the settings, and makes no database', async () => {
  const workplace = openWorkplace();
  onTestFinished(() => workplace.clear());
  workplace.configure({ tenants: [{ id: 'acme' }] });
  const ended = await workplace.run('doctor --format json');
  expect(verdicts(ended)).toEqual(['- environment ok', '- config fail', '- database ok']);
  expect(rowsOf(ended)[1]?.detail).toContain('tenants[0]');
  expect(ended.code).toBe(2);
  expect(workplace.files()).toEqual(['audit.yaml']);
});

test('doctor says that a database is away, and that one is not prepared, and with which variable', async () => {
  const workplace = openWorkplace();
  onTestFinished(() => workplace.clear());
  workplace.configure({ tenants: [] });
  const away = await workplace.run('doctor --format json', {
    DATABASE_URL: `postgres://worker:${PASSWORD}@127.0.0.1:1/audit`,
  });
  expect(rowsOf(away).at(-1)).toMatchObject({
    check: 'database',
    status: 'fail',
    what_to_do: 'Check DATABASE_URL and that the server runs (Postgres 15 or newer).',
  });
  expect(away.code).toBe(1);

  const wrong = await workplace.run('doctor --format json', { DATABASE_URL: 'mysql://x' });
  expect(verdicts(wrong)).toEqual(['- environment fail', '- config fail']);
  expect(wrong.code).toBe(2);

  await using desk = await openDesk();
  desk.configure({ tenants: [] });
  await desk.database.superuser(`update fleet.prepared set hash = 'older'`);
  const behind = await desk.run('doctor --format json');
  expect(rowsOf(behind).at(-1)).toMatchObject({ check: 'schema', status: 'warn' });
  expect(behind.code).toBe(0);
  expect(await desk.database.superuser('select hash from fleet.prepared')).toEqual([{ hash: 'older' }]);
});
