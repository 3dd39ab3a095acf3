import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { EMAIL, TOKEN } from '../canary/canary.ts';
import { openDesk, tenant } from '../commands/workplace.ts';
import { given, tell } from './figures.ts';
import { largeWiki, SIZE } from './large-wiki.ts';
import { databaseSize } from './peers/database-size.ts';
import { installed } from './peers/installed.ts';
import { measured, type Taken } from './peers/measured.ts';
import type { PeerHaul, PeerOrder } from './peers/order.ts';
import { type Covers, coversAccess, OURS, type Program, PROGRAMS } from './peers/programs.ts';
import { serverCpu } from './server-cpu.ts';
import { startSlowSite } from './peers/slow-site.ts';

vi.setConfig({ testTimeout: 7_200_000 });

const PAGES = given('PAGES', 2_000);
const SPACES = PAGES / SIZE.pagesPerSpace;
const PER_SECOND = given('PEERS_PER_SECOND', 50);
const LATENCY_MS = given('PEERS_LATENCY_MS', 200);
const PRESETS = ['access', 'runbook-essential', 'all'];
const RUN = fileURLToPath(new URL('../../jobs/run.ts', import.meta.url));
const DAY_MS = 86_400_000;
/** One page in so many can be read by few, the auditor among them. */
const RESTRICTED_EACH = 50;

/** A fresh site, so that nobody finds a limit that somebody before has used up. */
async function openSite() {
  const startedAt = Date.now();
  const { world } = largeWiki({ ago: (days) => new Date(startedAt - days * DAY_MS) }, {}, SPACES);
  const { accountId } = world.addAccount({ displayName: 'Audit', email: EMAIL, admin: true });
  world.addCredential({ email: EMAIL, token: TOKEN, accountId });
  const topics = [...world.contents.values()].filter(({ title }) => title.startsWith('Topic'));
  for (const [index, { id }] of topics.entries())
    if (index % RESTRICTED_EACH === 0) world.setReadRestriction(id, { users: [accountId] });
  const { site, close } = await startSlowSite(world, { perSecond: PER_SECOND, latencyMs: LATENCY_MS });
  return {
    site,
    /** Closes the site and says how often it was asked. */
    end: async () => {
      await close();
      expect(site.refused).toEqual([]);
      const refused = site.requests.filter(({ status }) => status === 429).length;
      return { requests: site.requests.length, refused };
    },
  };
}

interface Result {
  readonly name: string;
  readonly requests: number;
  readonly refused: number;
  readonly taken: Taken;
  readonly haul: PeerHaul;
  readonly covers: Covers;
}

/** This program in a first audit with a plan, as its command. */
async function ours(preset: string): Promise<Result> {
  await using desk = await openDesk();
  const { site, end } = await openSite();
  desk.configure({ extends: [`preset:${preset}`], tenants: [tenant('acme', site.url)] });
  const before = await serverCpu(desk.database);
  const taken = await measured([RUN, 'audit', '--mode', 'plan', '--full', '--format', 'json'], {
    cwd: desk.folder,
    environment: desk.environment,
  });
  const after = await serverCpu(desk.database);
  expect(taken.stderr).not.toMatch(/"level":"error"/);
  expect(taken.code).toBe(0);
  const [stored] = await desk.database.superuser(`
    select (select outcome from audit.run), count(*)::int as pages,
      (count(*) filter (where cardinality(read_users) + cardinality(read_groups) > 0))::int as restricted,
      (select count(*)::int from audit.attachment) as attachments
    from audit.page where content_type = 'page'`);
  const { outcome, ...haul } = stored as unknown as PeerHaul & { outcome: string };
  expect(outcome).toBe('complete');
  const { bytes } = await databaseSize(desk.database);
  tell(`preset:${preset}: ${(bytes / PAGES / 1_024).toFixed(1)} kB a page in the database`);
  const [, waited] = /"waited_seconds": ?([\d.]+)/.exec(taken.stdout) ?? [];
  tell(`preset:${preset}: ${waited ?? '?'} s of waiting for the pace, added up over requests side by side`);
  tell(`preset:${preset}: CPU of the database ${((after ?? Number.NaN) - (before ?? Number.NaN)).toFixed(1)} s`);
  return {
    name: `this program, \`preset:${preset}\``,
    ...(await end()),
    taken,
    haul,
    covers: OURS,
  };
}

async function theirs({ name, file, packages, covers }: Program): Promise<Result | { name: string; why: string }> {
  const place = packages.length === 0 ? { folder: null } : await installed(basename(file.pathname, '.ts'), packages);
  if ('why' in place) return { name, why: place.why };
  const cwd = mkdtempSync(join(tmpdir(), 'audit-peer-'));
  const { site, end } = await openSite();
  const keys = [...site.world.spaces.values()].map(({ key }) => key);
  const order: PeerOrder = {
    site: site.url,
    email: EMAIL,
    token: TOKEN,
    perSecond: PER_SECOND,
    spaces: keys,
    packages: place.folder,
  };
  writeFileSync(join(cwd, 'order.json'), JSON.stringify(order), { mode: 0o600 });
  const taken = await measured([fileURLToPath(file), 'order.json'], { cwd, environment: {} });
  rmSync(cwd, { recursive: true });
  if (taken.code !== 0) return { name, why: `ended with ${taken.code}: ${taken.stderr.slice(0, 2_000)}` };
  const haul = JSON.parse(taken.stdout.trim().split('\n').at(-1) ?? '') as PeerHaul;
  return { name, ...(await end()), taken, haul, covers };
}

const row = (cells: readonly (string | number)[]): void => tell(`| ${cells.join(' | ')} |`);

test('a full reading of one wiki, beside others', async () => {
  tell(`${PAGES} pages in ${SPACES} spaces, ${PER_SECOND} requests a second allowed, answers after ${LATENCY_MS} ms`);
  const own: Result[] = [];
  for (const preset of PRESETS) own.push(await ours(preset));
  const [access] = own;
  const others: Result[] = [];
  for (const program of PROGRAMS) {
    const result = await theirs(program);
    if ('why' in result) tell(`${result.name}: not run: ${result.why}`);
    else others.push(result);
  }
  row(['program', 'requests', 'of them 429', 'times', 'seconds', 'CPU s', 'peak MB', 'read']);
  for (const { name, requests, refused, taken, haul } of [...own, ...others]) {
    const times = requests / (access?.requests ?? Number.NaN);
    const { seconds, cpuSeconds, peakMb } = taken;
    const read = Object.entries(haul)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ');
    row([
      name,
      requests,
      refused,
      times.toFixed(1),
      seconds.toFixed(1),
      cpuSeconds.toFixed(1),
      peakMb.toFixed(0),
      read,
    ]);
  }
  for (const { name, covers } of [...own.slice(0, 1), ...others]) row([name, ...Object.values(covers)]);
  for (const { requests, taken, haul } of others.filter((other) => coversAccess(other.covers))) {
    expect(haul).toMatchObject({ ...access?.haul });
    expect(requests / (access?.requests ?? 0)).toBeGreaterThanOrEqual(100);
    for (const each of own) expect(each.taken.seconds).toBeLessThan(taken.seconds);
  }
});
