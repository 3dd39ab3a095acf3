import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from './ended.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

const ruleFile = (ask: string): string =>
  `title: No way back\nwhy: Somebody has to undo it.\nremediation: Write how.\n${ask}\n`;

let desk: Desk;
let office: Office;
beforeAll(async () => {
  [desk, office] = await Promise.all([openDesk(), startOffice()]);
  desk.configure({ rules: { 'unresolved-comments': 'off' }, tenants: [tenant('acme', office.url)] });
  desk.write(
    'panel.yaml',
    ruleFile('forbid:\n  - { name: a panel, text: "Open the +panel" }\nreason: "It has {found}."'),
  );
  desk.write('greedy.yaml', ruleFile('require:\n  - { text: "(?:ab?){900}" }'));
  desk.write('behind.yaml', ruleFile('require:\n  - { text: "(a+)+(?!b)" }'));
  desk.write('empty.yaml', '');
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await office.close();
});

test.each([
  ['rules test greedy.yaml --tenant acme', 'greedy.yaml: require[0].text repeats too much'],
  ['rules test behind.yaml --tenant acme', 'behind.yaml: require[0].text is no pattern'],
  ['rules test empty.yaml --tenant acme', 'empty.yaml'],
  ['rules test nowhere.yaml --tenant acme', 'nowhere.yaml'],
  ['rules test panel.yaml --tenant amce', '--tenant amce: no such tenant is configured; did you mean "acme"?'],
])('%s is refused', async (words, said) => {
  const ended = await desk.run(words);
  expect(refusalOf(ended)).toContain(said);
  expect(ended.code).toBe(2);
});

test('rules test FILE shows what the rule would find, and keeps nothing of it', async () => {
  const early = await desk.run('rules test panel.yaml --tenant acme');
  expect(refusalOf(early)).toContain('Tenant acme: no page is known yet; run an audit first.');
  expect(await desk.run('audit')).toMatchObject({ code: 0 });
  const count = 'select count(*)::int as n from audit.finding';
  const before = await desk.database.superuser(count);
  const tried = await desk.run('rules test panel.yaml --tenant acme --format json');
  expect(tried.code).toBe(0);
  expect(JSON.parse(tried.stdout)).toMatchObject(
    ['Restart OPS', 'Extend OPS', 'Restart DOCS', 'Extend DOCS'].map((page_title) => ({
      tenant_id: 'acme',
      severity: 'medium',
      page_title,
      reason: 'It has a panel.',
    })),
  );
  expect(tried.log).toMatchObject([
    { msg: 'The rule was tried', detail: expect.stringMatching(/^4 findings, /) as string },
  ]);
  expect(await desk.database.superuser(count)).toEqual(before);
});
