import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FLEET } from '../../src/domain/act.ts';
import { makeMonth, partsOf, untilCertain } from '../store/history.ts';
import type { Ended } from './ended.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

const HOSTILE = 'x\n{"kind":"act"}\u2028\u202e\u001b[31m"\\';

let desk: Desk;
let offices: readonly Office[];
let first: Ended;

type Line = Readonly<Record<string, unknown>>;
const linesOf = (text: string): readonly Line[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
const positionOf = ({ log }: Ended): string => String(log.at(-1)?.['position']);
const acts = (text: string) => linesOf(text).filter(({ kind }) => kind === 'act');

/** Runs an export once everything written before it is certain. */
async function exported(words: string): Promise<Ended> {
  await untilCertain(desk.database);
  return desk.run(words);
}

beforeAll(async () => {
  [desk, ...offices] = await Promise.all([openDesk(), startOffice(), startOffice()]);
  const [acme, globex] = offices.map(({ url }) => url);
  desk.configure({ tenants: [tenant('acme', acme ?? ''), tenant('globex', globex ?? '')] });
  await desk.run('audit --mode apply');
  await desk.database.superuser(
    `insert into audit.admin_act (tenant_id, at, act_id, actor, action, subject, reason) values ('acme', now(), 'h', 'eve@x', 'undo', $1, $1)`,
    [HOSTILE],
  );
  first = await exported('export audit-trail');
});
afterAll(async () => {
  await Promise.all(offices.map((office) => office.close()));
  await desk[Symbol.asyncDispose]();
});

test('the trail has every call and who applied, one object a line', async () => {
  expect(first.code).toBe(0);
  const lines = linesOf(first.stdout);
  const [{ calls } = {}] = await desk.database.superuser('select count(*)::int as calls from audit.api_call');
  expect(lines.filter(({ kind }) => kind === 'api-call')).toHaveLength(Number(calls));
  expect(lines.find(({ endpoint }) => endpoint === '/wiki/api/v2/spaces')).toMatchObject({
    method: 'GET',
    status: 200,
    attempts: 1,
    site: expect.stringMatching(/^http:/) as string,
  });
  const applied = acts(first.stdout).filter(({ action }) => action === 'apply');
  expect(applied).toHaveLength(2);
  expect(new Set(applied.map(({ tenant_id: id }) => id))).toEqual(new Set(['acme', 'globex']));
  for (const { actor } of applied) expect(actor).toMatch(new RegExp(`.@${hostname()}$`));
});

test('texts of strangers stay inside their line and give no terminal an order', () => {
  const [line] = acts(first.stdout).filter(({ action }) => action === 'undo');
  expect(line).toMatchObject({ subject: HOSTILE, reason: HOSTILE, actor: 'eve@x' });
  for (const order of ['\u2028', '\u202e', '\u001b']) expect(first.stdout).not.toContain(order);
});

test('the next export goes on where the last one ended, and tells that the trail was read', async () => {
  const second = await exported(`export audit-trail --since ${positionOf(first)}`);
  expect(linesOf(second.stdout)).toMatchObject([
    { kind: 'act', action: 'trail-read', tenant_id: FLEET, detail: { since: null, format: 'ndjson' } },
  ]);
  const next = `export audit-trail --since ${positionOf(second)} --tenant acme`;
  expect(await exported(next)).toMatchObject({ code: 0, stdout: '' });
  expect(linesOf((await exported(next)).stdout)).toMatchObject([{ action: 'trail-read', tenant_id: 'acme' }]);
});

test('--tenant has no row of another, nor of the installation', async () => {
  const { stdout } = await exported('export audit-trail --tenant globex');
  const lines = linesOf(stdout);
  expect(lines.length).toBeGreaterThan(10);
  expect(new Set(lines.map(({ tenant_id: id }) => id))).toEqual(new Set(['globex']));
});

test.each(['audit-trail', 'findings'])('%s as OCSF has an event for each line of NDJSON', async (stream) => {
  const ndjson = linesOf((await exported(`export ${stream} --tenant globex`)).stdout);
  const ocsf = linesOf((await exported(`export ${stream} --tenant globex --format ocsf`)).stdout);
  const ids = ocsf.map(({ metadata }) => (metadata as Line)['uid']);
  expect(ids.slice(0, ndjson.length)).toEqual(ndjson.map(({ id }) => id));
  expect(new Set(ocsf.map(({ class_uid: uid }) => uid))).toEqual(new Set([stream === 'findings' ? 2003 : 6003]));
});

test('findings tells what happened to each; a muted one is suppressed', async () => {
  const { stdout } = await exported('export findings --tenant acme');
  expect(linesOf(stdout)).toMatchObject([
    { event: 'opened', rule_id: 'stale-runbook', severity: 'high', muted: false },
    { event: 'opened', rule_id: 'stale-runbook', severity: 'high', muted: false },
  ]);
  await desk.database.superuser(`insert into audit.finding_event (tenant_id, at, event_id, finding_id, rule_id, event, note)
    select tenant_id, now(), 'm:' || finding_id, finding_id, rule_id, 'muted', 'Known.' from audit.finding where tenant_id = 'acme'`);
  const ocsf = await exported('export findings --tenant acme --format ocsf');
  expect(linesOf(ocsf.stdout).map(({ status }) => status)).toEqual(['New', 'New', 'Suppressed', 'Suppressed']);
});

test('--out makes a whole file that only its owner reads', async () => {
  const { code, stdout } = await exported('export audit-trail --tenant globex --out trail.ndjson');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  const path = join(desk.folder, 'trail.ndjson');
  expect(linesOf(readFileSync(path, 'utf8')).length).toBeGreaterThan(10);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(desk.folder)).not.toContain('trail.ndjson.part');
});

describe('bad input is refused before anything is read or written', () => {
  test.each([
    ['export trail', 'must be audit-trail or findings'],
    ['export audit-trail --since yesterday', '--since "yesterday": must be a position like tx:8311'],
    ['export audit-trail --since 2999-01-01', 'lies in the future'],
    ['export audit-trail --since tx:999999999999', 'The position is ahead of this server'],
    ['export audit-trail --tenant acmee', 'did you mean "acme"?'],
    ['export findings --out no/such/folder/x', 'cannot be written (ENOENT)'],
    ['prune --trail-days 7', '--trail-days "7"'],
  ])('%s', async (words, why) => {
    const before = await desk.database.superuser('select count(*) from audit.admin_act');
    const { code, stdout, stderr } = await desk.run(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
      msg: expect.stringContaining(why) as string,
    });
    expect(await desk.database.superuser('select count(*) from audit.admin_act')).toEqual(before);
  });
});

test('a file that was there stays when the export fails', async () => {
  writeFileSync(join(desk.folder, 'kept.ndjson'), 'of yesterday\n');
  await exported('export audit-trail --since tx:999999999999 --out kept.ndjson');
  expect(readFileSync(join(desk.folder, 'kept.ndjson'), 'utf8')).toBe('of yesterday\n');
  expect(readdirSync(desk.folder)).not.toContain('kept.ndjson.part');
});

test('prune drops old months and says so in the trail; a second time there is nothing to do', async () => {
  const part = await makeMonth(desk.database, 'api_call', 200);
  const prune = () => desk.run('prune --format json');
  const [once, again] = [await prune(), await prune()];
  expect(JSON.parse(once.stdout)).toEqual([{ what: part, tenant_id: null, rows: null }]);
  expect(JSON.parse(again.stdout)).toEqual([]);
  expect(await partsOf(desk.database, 'api_call')).not.toContain(part);
  const { stdout } = await exported(`export audit-trail --since ${positionOf(first)}`);
  expect(acts(stdout)).toContainEqual(
    expect.objectContaining({ action: 'prune', subject: part, detail: { keepDays: 90, rows: null } }),
  );
});
