import { describe, expect, onTestFinished, test } from 'vitest';
import { EMAIL, leaksInFolder, PASSWORD, TOKEN } from '../canary/canary.ts';
import { refusalOf } from './ended.ts';
import { openOffice } from './office.ts';
import { openDesk, openWorkplace, tenant } from './workplace.ts';

const NEVER = { schedule: { cron: '0 0 29 2 *' } };

describe('a database that cannot be used', () => {
  test.each(['audit', 'report open_findings'])(
    '%s says which server refuses, as whom, and not with which password',
    async (words) => {
      const office = await openOffice();
      const workplace = openWorkplace();
      onTestFinished(() => workplace.clear());
      workplace.configure({ defaults: { mode: 'apply' }, tenants: [tenant('acme', office.url)] });
      const ended = await workplace.run(words, {
        DATABASE_URL: `postgres://worker:${PASSWORD}@127.0.0.1:1/audit`,
      });
      expect(refusalOf(ended)).toBe(
        'error database-unreachable: Cannot use the database audit on 127.0.0.1:1 as worker: ' +
          'connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL and that the server runs (Postgres 15 or newer).',
      );
      expect(ended.code).toBe(1);
      expect(office.site.requests).toEqual([]);
      expect(workplace.files()).toEqual(['audit.yaml']);
    },
  );

  test('one that a newer version has migrated is left alone', async () => {
    const office = await openOffice();
    await using desk = await openDesk();
    desk.configure({ defaults: { mode: 'apply' }, tenants: [tenant('acme', office.url)] });
    await desk.database.superuser(
      `insert into fleet.migration (tag, hash, made_at) values ('9999_from-the-future', 'x', 9999999999999)`,
    );
    const ended = await desk.run('audit');
    expect(refusalOf(ended)).toBe(
      'error schema-newer: The database has the migration 9999_from-the-future, which is not known here. ' +
        'The database was migrated by a newer version of this program: update the program.',
    );
    expect(ended.code).toBe(1);
    expect(office.site.requests).toEqual([]);
    expect(await desk.database.superuser('select from audit.tenant')).toEqual([]);
  });
});

test('the embedded database serves one process at a time; the second is told so, and its turn comes', async () => {
  const office = await openOffice();
  const workplace = openWorkplace();
  onTestFinished(() => workplace.clear());
  const site = { CONFLUENCE_SITE: office.url, CONFLUENCE_EMAIL: EMAIL, CONFLUENCE_API_TOKEN: TOKEN };
  workplace.configure({ defaults: NEVER });
  const first = workplace.start('start', site);
  await first.logged('The schedule is running');

  const second = await workplace.run('audit', site);
  expect(refusalOf(second)).toMatch(
    /^error directory-locked: The embedded database in \S*data\S* is in use by .+\. One process at a time may use the embedded database: wait for the other, or set DATABASE_URL to a Postgres server\.$/,
  );
  expect(second.code).toBe(7);
  expect(office.site.requests).toEqual([]);

  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
  const third = await workplace.run('audit --format json', site);
  expect(third.code).toBe(0);
  expect(JSON.parse(third.stdout)).toMatchObject([{ outcome: 'complete', findings: { high: 2 } }]);
  const { files, leaks } = leaksInFolder(workplace.folder);
  expect(leaks).toEqual([]);
  expect(files).toBeGreaterThan(100);
});
