import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMAIL, leaksIn, leaksInDatabase, TOKEN } from '../canary/canary.ts';
import type { Ended } from './ended.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

let desk: Desk;
let office: Office;
let other: Office;
let first: Ended;

/** The first real audit is one command: three variables, no file. */
beforeAll(async () => {
  [desk, office, other] = await Promise.all([openDesk(), startOffice(), startOffice()]);
  first = await desk.run('audit', {
    CONFLUENCE_SITE: office.url,
    CONFLUENCE_EMAIL: EMAIL,
    CONFLUENCE_API_TOKEN: TOKEN,
  });
});
afterAll(async () => {
  await Promise.all([office.close(), other.close()]);
  await desk[Symbol.asyncDispose]();
});

test('three variables are enough for an audit, and it writes nothing to the site', () => {
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^127-0-0-1: complete, /);
  expect(first.stdout).toContain('Findings  2 open (2 high) · 2 new · 0 resolved');
  expect(first.stdout).toContain('Writes    2 planned · 0 done · 0 left for later');
  expect(office.writes()).toEqual([]);
  expect(office.site.refused).toEqual([]);
  expect(desk.files()).toEqual([]);
});

test.each([
  ['table', /^┌─[\s\S]+│ finding_id [\s\S]+Restart OPS/],
  ['csv', /^"finding_id","tenant_id",[\s\S]+"Restart OPS"/],
  ['md', /^\| finding_id \| tenant_id \|[\s\S]+\| Restart OPS \|/],
])('report stale_runbooks --format %s', async (format, shape) => {
  const { code, stdout, stderr } = await desk.run(`report stale_runbooks --format ${format}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(shape);
});

test('report --format json is JSON and nothing else; ndjson is the same row by row; --out writes it to a file', async () => {
  const json = await desk.run('report stale_runbooks --format json');
  const rows = JSON.parse(json.stdout) as unknown[];
  expect(rows).toMatchObject([
    { tenant_id: '127-0-0-1', space_key: 'DOCS', page_title: 'Restart DOCS', fresh_because: 'created', fail_days: 180 },
    { tenant_id: '127-0-0-1', space_key: 'OPS', page_title: 'Restart OPS', fresh_because: 'created', fail_days: 180 },
  ]);
  const file = await desk.run('report stale_runbooks --format ndjson --out stale.ndjson');
  expect(file).toMatchObject({ code: 0, stdout: '', stderr: '' });
  const text = readFileSync(join(desk.folder, 'stale.ndjson'), 'utf8');
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(rows);
  expect(leaksIn(text)).toEqual([]);
});

test('with AUDIT_CONFIG the tenants of the file are audited; --fail-on counts new findings', async () => {
  desk.configure({ tenants: [tenant('acme', office.url), tenant('globex', other.url)] });
  const before = await desk.run('audit --fail-on high:new --format json');
  expect(before.code).toBe(3);
  expect(JSON.parse(before.stdout)).toMatchObject([
    { tenant_id: 'acme', outcome: 'complete', hint: null, findings_new: { high: 2 }, writes: { done: 0 } },
    { tenant_id: 'globex', outcome: 'complete', hint: null, findings_new: { high: 2 }, writes: { done: 0 } },
  ]);
  const again = await desk.run('audit --tenant globex --fail-on high:new --format json');
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject([
    { tenant_id: 'globex', findings: { high: 2 }, findings_new: { high: 0 }, pages_changed: 0 },
  ]);
  expect([...office.writes(), ...other.writes()]).toEqual([]);
});

test('no row of all that holds the credential', async () => {
  const { rows, leaks } = await leaksInDatabase(desk.database);
  expect(leaks).toEqual([]);
  expect(rows).toBeGreaterThan(50);
});
