import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaksIn } from '../canary/canary.ts';
import { refusalOf } from './ended.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

let desk: Desk;
let office: Office;

beforeAll(async () => {
  [desk, office] = await Promise.all([openDesk(), startOffice()]);
  desk.configure({ tenants: [tenant('acme', office.url)] });
  await desk.run('audit');
});
afterAll(async () => {
  await office.close();
  await desk[Symbol.asyncDispose]();
});

const fileOf = (name: string): string => readFileSync(join(desk.folder, name), 'utf8');

test('several formats go to a folder, each to its file, and twice they are the same bytes', async () => {
  const words = 'report --format csv,ndjson,md,html --out';
  for (const folder of ['one', 'two']) {
    expect(await desk.run(`${words} ${folder}`)).toMatchObject({ code: 0, stdout: '', stderr: '' });
  }
  const names = readdirSync(join(desk.folder, 'one')).toSorted();
  expect(names).toEqual(['open_findings.csv', 'open_findings.ndjson', 'report.html', 'report.md']);
  for (const name of names) {
    const text = fileOf(`one/${name}`);
    expect(fileOf(`two/${name}`)).toBe(text);
    expect(text).toContain('Restart OPS');
    expect(leaksIn(text)).toEqual([]);
  }
  expect(fileOf('one/report.html')).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(fileOf('one/report.md')).toMatch(/^# Documentation audit\n\nAs of the audit that ended on /);
});

test('several views go to a folder; a view in Markdown is a table, and a folder that is there takes one file as well', async () => {
  await desk.run('report coverage open_findings --format csv,md --out views/');
  expect(readdirSync(join(desk.folder, 'views')).toSorted()).toEqual([
    'coverage.csv',
    'coverage.md',
    'open_findings.csv',
    'open_findings.md',
  ]);
  expect(fileOf('views/coverage.md')).toMatch(/^\| tenant_id \| space_key \|/);
  await desk.run('report run_log --format json --out views');
  expect(JSON.parse(fileOf('views/run_log.json'))).toMatchObject([{ tenant_id: 'acme', outcome: 'complete' }]);
  await desk.run('report run_log --format csv --out new/');
  expect(fileOf('new/run_log.csv')).toMatch(/^"run_id",/);
});

test('the page of one tenant goes to stdout, whole', async () => {
  const { code, stdout, stderr } = await desk.run('report --tenant acme --format html');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('<h1>Documentation audit of acme</h1>');
  expect(stdout).toMatch(/<\/html>\n$/);
});

test.each([
  [
    'report open_findings --format html',
    /--format html is the whole report: leave the view out, or name another format\./,
  ],
  ['report --format csv,html', /--out is missing: 2 files need a folder to go to, --out DIR\./],
  [
    'report --format csv,htm',
    /--format "csv,htm": must be table, json, ndjson, csv, md or html; did you mean "html"\?/,
  ],
  ['report coverage opn_findings --format csv', /There is no view "opn_findings"; did you mean "open_findings"\?/],
  ['report --format csv,html --out in-the-way', /--out in-the-way: the file cannot be written \(E\w+\)\./],
])('%s is refused', async (words, message) => {
  writeFileSync(join(desk.folder, 'in-the-way'), '');
  const ended = await desk.run(words);
  expect(ended.code).toBe(2);
  expect(refusalOf(ended)).toMatch(message);
});
