import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from './ended.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

type Row = Readonly<Record<string, unknown>>;

let desk: Desk;
let office: Office;
beforeAll(async () => {
  [desk, office] = await Promise.all([openDesk(), startOffice()]);
  desk.configure({ rules: { 'unresolved-comments': 'off' }, tenants: [tenant('acme', office.url)] });
  await desk.run('audit');
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await office.close();
});

const listed = async (words: string): Promise<readonly Row[]> =>
  JSON.parse((await desk.run(`${words} --format json`)).stdout) as Row[];
const acts = async (): Promise<readonly Row[]> =>
  desk.database.superuser(
    `select action, subject, reason, detail from audit.admin_act where tenant_id = 'acme' order by at, act_id`,
  );
const inThirtyDays = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const WHO = `--reason known --by jdoe --expires ${inThirtyDays}`;
const byWhom = { by: 'jdoe', expires: inThirtyDays };

test('one finding is accepted for a while, seen among the muted, and taken back; both acts are on record', async () => {
  const [first] = await listed('findings list --tenant acme');
  const id = String(first?.['finding_id']);
  expect(first).toMatchObject({ rule_id: 'stale-runbook', page_title: 'Restart DOCS' });

  const muted = await desk.run(`findings mute ${id} ${WHO}`);
  expect(muted).toMatchObject({ code: 0, stderr: '' });
  expect(muted.stdout).toMatch(
    new RegExp(`^Muted until ${inThirtyDays} \\(\\S+\\): 1 finding\\(s\\) of acme now\\.\n$`),
  );
  expect(await listed('findings list')).toMatchObject([{ page_title: 'Restart OPS' }]);
  expect(await listed('findings list --muted')).toMatchObject([{ finding_id: id, muted_by: 'jdoe' }]);

  const lifted = await desk.run(`findings unmute ${id} --by ann`);
  expect(lifted.stdout).toBe('Lifted: 1 finding(s) of acme are open again.\n');
  expect(await listed(`findings show ${id}`)).toMatchObject([
    { finding_id: id, state: 'open', event: 'opened' },
    { event: 'muted', note: `known (by jdoe, until ${inThirtyDays})` },
    { event: 'unmuted', note: 'The mute by jdoe was lifted by ann.' },
  ]);
  const [mute] = await desk.database.superuser('select mute_id from audit.mute');
  expect(await acts()).toEqual([
    { action: 'finding-mute', subject: mute?.['mute_id'], reason: 'known', detail: byWhom },
    { action: 'finding-unmute', subject: id, reason: null, detail: { by: 'ann' } },
  ]);
});

test('a baseline takes all that is open today, and is one act', async () => {
  const said = await desk.run(`findings baseline --tenant acme ${WHO}`);
  expect(said.stdout).toContain('2 finding(s) of acme now');
  expect(await listed('findings list')).toEqual([]);
  const muteId = /\((\S+)\)/.exec(said.stdout)?.[1] ?? '';
  expect((await acts()).at(-1)).toEqual({
    action: 'findings-baseline',
    subject: muteId,
    reason: 'known',
    detail: byWhom,
  });
  expect((await desk.run(`findings unmute ${muteId} --by jdoe`)).stdout).toContain('2 finding(s) of acme are open');
});

test.each([
  ['findings', 'findings needs list | show ID | mute [ID] | unmute ID | baseline.'],
  ['findings show', 'show needs the id of a finding'],
  ['findings mute f1 --by jdoe --reason known', '--reason, --by and --expires are required'],
  ['findings mute f1 --by jdoe --reason known --expires 2027-02-30', 'must be a day as in 2027-03-31'],
  [`findings mute f1 ${WHO}`, 'there is no finding f1'],
  [`findings mute --rule stale-* --tenant amce ${WHO}`, '--tenant amce: the database has no such tenant'],
  ['findings unmute f1 --by jdoe', 'no mute in force has the id f1'],
])('%s is refused, and changes nothing', async (words, said) => {
  const before = await acts();
  const ended = await desk.run(words);
  expect(refusalOf(ended)).toContain(said);
  expect(ended.code).toBe(2);
  expect(await acts()).toEqual(before);
});
