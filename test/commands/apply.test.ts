import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from './ended.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

type Row = Readonly<Record<string, unknown>>;

let desk: Desk;
let office: Office;
beforeAll(async () => {
  [desk, office] = await Promise.all([openDesk(), startOffice()]);
  const acme = { ...tenant('acme', office.url), tags: { tier: 'gold' } };
  desk.configure({ rules: { 'unresolved-comments': 'off' }, tenants: [acme] });
  await desk.run('audit --mode plan');
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await office.close();
});

const rows = async (words: string): Promise<readonly Row[]> =>
  JSON.parse((await desk.run(`${words} --format json`)).stdout) as Row[];

test('a plan is read, approved, carried out and taken back, and every act is on record', async () => {
  const planned = await rows('report planned_actions');
  expect(planned).toMatchObject([
    { action: 'add-label', mark: 'docaudit-stale', undoable: true, state: 'planned' },
    { action: 'add-label', mark: 'docaudit-stale', undoable: true, state: 'planned' },
  ]);
  const applied = await desk.run('apply --tag tier:gold --approve jdoe --format json');
  expect(applied).toMatchObject({ code: 0 });
  const [done] = JSON.parse(applied.stdout) as Row[];
  expect(done).toMatchObject({
    tenant_id: 'acme',
    plan_id: planned[0]?.['plan_id'],
    outcome: 'complete',
    writes: { done: 2, skipped: 0, refused: 0, unknown: 0 },
  });
  const undone = await desk.run(`undo --run ${String(done?.['run_id'])}`);
  expect(undone).toMatchObject({ code: 0, stdout: expect.stringContaining('complete') });
  expect(await rows('report executed_actions')).toHaveLength(4);
  const acts = await desk.database.superuser(
    `select action, subject, detail from audit.admin_act where tenant_id = 'acme' order by at, act_id`,
  );
  expect(acts).toMatchObject([
    { action: 'apply', detail: { approvedBy: 'jdoe' } },
    { action: 'undo', subject: done?.['run_id'] },
  ]);
});

test.each([
  ['apply --tenant acme', 'arguments-invalid', /--approve NAME is required/],
  ['apply --approve jdoe', 'arguments-invalid', /--plan ID, --tenant ID or --tag/],
  ['apply --plan 0 --approve jdoe', 'plan-unknown', /no such plan/],
  ['apply --tenant acmee --approve jdoe', 'tenant-unknown', /acme/],
  ['undo', 'arguments-invalid', /--run ID/],
  ['undo --run 0', 'run-unknown', /no such run/],
])('%s is refused: %s', async (words, code, said) => {
  const refused = await desk.run(words);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refusalOf(refused)).toMatch(new RegExp(`^error ${code}: `));
  expect(refusalOf(refused)).toMatch(said);
});

test('a plan or run of another tenant is not told apart from one that does not exist', async () => {
  const [run] = await rows('report run_log');
  expect((await desk.run(`undo --run ${String(run?.['run_id'])} --tenant other`)).stderr).toContain('no such run');
  const [plan] = await desk.database.superuser('select plan_id from audit.plan limit 1');
  const refused = await desk.run(`apply --plan ${String(plan?.['plan_id'])} --tenant other --approve jdoe`);
  expect(refused.stderr).toContain('no such plan');
});
