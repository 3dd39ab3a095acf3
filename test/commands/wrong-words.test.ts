import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from './ended.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

let desk: Desk;
let office: Office;
beforeAll(async () => {
  [desk, office] = await Promise.all([openDesk(), startOffice()]);
  desk.configure({ defaults: { mode: 'apply' }, tenants: [tenant('acme', office.url)] });
  await desk.database.superuser(
    `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at)
     values ('acme', 'https://acme.example', true, 'basic', now())`,
  );
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await office.close();
});

const HELP = '`--help` after the command lists what it takes.';

describe('a command line that cannot be meant', () => {
  test.each([
    ['audti', 'There is no command "audti"; did you mean "audit"? Commands: apply, audit, '],
    ['audit --tenannt acme', `audit has no flag --tenannt; did you mean --tenant? ${HELP}`],
    ['audit --mode aply', `--mode "aply": must be audit, plan or apply; did you mean "apply"? ${HELP}`],
    [
      'audit --fail-on hihg',
      `--fail-on "hihg": must be critical, high, medium, low, info, alone or with :new or :all after it. ${HELP}`,
    ],
    [
      'audit --tenant amce',
      '--tenant amce: no such tenant is configured; did you mean "acme"? `npm run config -- print`',
    ],
    ['config print --tenant amce', '--tenant amce: no such tenant is configured; did you mean "acme"? `npm run config'],
    ['rules lst', `rules "lst": must be \`list\`, \`show ID\` or \`test FILE\`. ${HELP}`],
    ['rules show stale-runbok', `There is no rule "stale-runbok"; did you mean "stale-runbook"? ${HELP}`],
    ['report stale_runbook', 'There is no view "stale_runbook"; did you mean "stale_runbooks"? Views: open_findings, '],
    ['report --tenant amce', `--tenant amce: the database has no such tenant; did you mean "acme"? ${HELP}`],
    ['report --out no/such/file.csv', `--out no/such/file.csv: the file cannot be written (ENOENT). ${HELP}`],
  ])('%s', async (words, said) => {
    const ended = await desk.run(words);
    expect(refusalOf(ended)).toContain(said);
    expect(ended.code).toBe(2);
  });
});

test('none of them asked the site anything', () => {
  expect(office.site.requests).toEqual([]);
});
