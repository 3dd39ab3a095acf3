import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from './ended.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

type Row = Readonly<Record<string, unknown>>;

let desk: Desk;
let office: Office;
/** A site that loses half of a space between two audits. */
beforeAll(async () => {
  [desk, office] = await Promise.all([openDesk(), startOffice({ notes: 20 })]);
  desk.configure({ rules: { 'unresolved-comments': 'off' }, tenants: [tenant('acme', office.url)] });
  await desk.run('audit');
  const notes = [...office.world.contents.values()].filter(({ title }) => title.startsWith('Note '));
  for (const { id } of notes.slice(0, 10)) office.world.purgePage(id);
  await desk.run('audit');
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await office.close();
});

const shown = async (): Promise<readonly Row[]> =>
  JSON.parse((await desk.run('coverage show --tenant acme --format json')).stdout) as Row[];
const acts = (): Promise<readonly Row[]> =>
  desk.database.superuser(
    `select action, subject, reason, detail, actor from audit.admin_act where tenant_id = 'acme' order by at, act_id`,
  );

test.each([
  ['coverage', 'coverage needs show | accept.'],
  ['coverage accpet', 'must be show or accept; did you mean "accept"?'],
  ['coverage accept --tenant acme', 'accept needs --tenant, --reason and --by.'],
  ['coverage accept --tenant amce --reason moved --by jdoe', '--tenant amce: the database has no such tenant.'],
  ['coverage accept --tenant acme --space OPS --reason moved --by jdoe', 'No space of acme has lost pages'],
])('%s is refused, and changes nothing', async (words, said) => {
  const ended = await desk.run(words);
  expect(refusalOf(ended)).toContain(said);
  expect(ended.code).toBe(2);
  expect(await acts()).toEqual([]);
});

test('a drop is shown, accepted on record, and the next audit is complete', async () => {
  expect(await shown()).toMatchObject([
    { space_key: 'DOCS', state: 'partial', missing: 10 },
    { space_key: 'OPS', state: 'walked', missing: 0 },
  ]);
  const accepted = await desk.run('coverage accept --tenant acme --space DOCS --reason moved --by jdoe');
  expect(accepted).toMatchObject({
    code: 0,
    stdout: 'Accepted for DOCS of acme: the next audit takes the missing pages for gone.\n',
    stderr: '',
  });
  expect(await acts()).toEqual([
    {
      action: 'coverage-accept',
      subject: null,
      reason: 'moved',
      detail: { by: 'jdoe', spaces: 'DOCS' },
      actor: expect.stringMatching(/^\S+@\S+$/) as string,
    },
  ]);
  expect(await desk.run('audit')).toMatchObject({ code: 0 });
  expect((await shown())[0]).toMatchObject({ space_key: 'DOCS', state: 'walked', missing: 0 });
});
