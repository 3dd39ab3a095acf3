import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { onDatabase } from '../database.ts';
import { openWorkplace, tenant, type Workplace } from './workplace.ts';

let workplace: Workplace;
beforeAll(() => {
  workplace = openWorkplace();
  workplace.configure({
    rules: { 'stale-runbook': { failDays: 120 } },
    tenants: [
      tenant('acme', 'https://acme.atlassian.net', { rules: { 'stale-runbook': { warnDays: 30 } } }),
      tenant('globex', 'https://globex.atlassian.net'),
    ],
  });
});
afterAll(() => workplace.clear());

describe('looking needs neither network nor database', () => {
  test('config validate counts the tenants', async () => {
    const ended = await workplace.run('config validate');
    expect(ended).toMatchObject({ code: 0, stdout: 'Valid: 2 tenant(s) from audit.yaml.\n', stderr: '' });
  });

  test('config print --resolved says which layer set each value, and holds no secret', async () => {
    const { code, stdout } = await workplace.run('config print --tenant acme --resolved');
    expect(code).toBe(0);
    expect(stdout).toContain('failDays: 120 # rules');
    expect(stdout).toContain('warnDays: 30 # tenants[0]');
    expect(stdout).toContain('mode: plan # built-in');
    expect(parse(stdout)).toMatchObject({
      tenants: [{ id: 'acme', auth: { token: { env: 'TOKEN' } }, rules: { 'stale-runbook': { failDays: 120 } } }],
    });
  });

  test('rules list and rules show', async () => {
    const list = await workplace.run('rules list --format json');
    expect(JSON.parse(list.stdout)).toContainEqual({
      rule_id: 'stale-runbook',
      severity: 'high',
      title: 'Runbook has not been confirmed for a long time',
      available: 'yes',
      requests: 40,
      points: 10_040,
      scopes: '',
    });
    const show = await workplace.run('rules show stale-runbook');
    expect(show.stdout).toMatch(/^stale-runbook \(high; judges runbooks\)\n[\s\S]+What to do: [\s\S]+"failDays":180/);
    expect([list, show]).toMatchObject([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
  });

  test('none of it left anything behind', () => {
    expect(workplace.files()).toEqual(['audit.yaml']);
  });
});

test('migrate prepares an empty database through the administrator, and a second time finds nothing to do', async () => {
  const { superuserUrl, adminUrl, workerUrl } = inject('postgres');
  const name = `audit_migrate_${randomUUID().replaceAll('-', '')}`;
  const superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  await superuser.query(`create database ${name} owner ${new URL(adminUrl).username}`);
  try {
    const worker = { DATABASE_URL: onDatabase(workerUrl, name) };
    const admin = { ...worker, DATABASE_ADMIN_URL: onDatabase(adminUrl, name) };
    const first = await workplace.run('migrate', admin);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^Applied: 0000_\S+(, \d{4}_\S+)*\.\n$/);
    const second = await workplace.run('migrate', worker);
    expect(second).toMatchObject({ code: 0, stdout: 'The database is up to date.\n', stderr: '' });
  } finally {
    await superuser.query(`drop database ${name} with (force)`);
    await superuser.end();
  }
});
