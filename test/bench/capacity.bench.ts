import { expect, it, vi } from 'vitest';
import { eachNightShift, type NightShift, type Tenant } from '../night-shift.ts';
import { capacityTables, type Constants } from './capacity.ts';
import { givenList, tell } from './figures.ts';
import { largeWiki, SIZE } from './large-wiki.ts';
import { databaseSize } from './peers/database-size.ts';
import { serverCpu } from './peers/server-cpu.ts';

vi.setConfig({ testTimeout: 7_200_000 });

/** Two sizes, so that what a tenant costs and what a page costs can be told apart. */
const SIZES = givenList('CAPACITY_PAGES', '1000,10000');
const READERS = { readers: { onCallGroups: ['sre-oncall'] } };

interface Night {
  readonly requests: number;
  readonly points: number;
  readonly cpu: number;
}

async function nightOf(shift: NightShift, tenant: Tenant): Promise<Night> {
  const before = process.cpuUsage();
  const databaseBefore = (await serverCpu(shift.database())) ?? 0;
  const result = await tenant.night({ mode: 'plan' });
  expect(result).toMatchObject({ outcome: 'complete', reason: null });
  const { user, system } = process.cpuUsage(before);
  const database = ((await serverCpu(shift.database())) ?? 0) - databaseBefore;
  return { requests: result.requests, points: result.estimate?.points ?? 0, cpu: (user + system) / 1e6 + database };
}

const mean = (nights: readonly Night[], of: keyof Night): number =>
  nights.reduce((sum, night) => sum + night[of], 0) / nights.length;

const WEEK = 7;

/** A first night and a week of quiet ones, on each of which one page in a hundred was edited. */
async function measure(shift: NightShift, pages: number) {
  const before = await databaseSize(shift.database());
  const { world, workDay } = largeWiki(shift.clock, {}, pages / SIZE.pagesPerSpace);
  const tenant = await shift.tenant(world, READERS);
  const first = await nightOf(shift, tenant);
  const stored = await databaseSize(shift.database());
  const nights: Night[] = [];
  for (let day = 0; day < WEEK; day += 1) {
    workDay(day, shift.clock.now());
    shift.clock.pass({ days: 1 });
    nights.push(await nightOf(shift, tenant));
  }
  const later = await databaseSize(shift.database());
  const quiet = { requests: mean(nights, 'requests'), points: mean(nights, 'points'), cpu: mean(nights, 'cpu') };
  const bytes = stored.bytes - before.bytes;
  const nightly = (later.bytes - stored.bytes) / WEEK;
  const largest = later.tables.slice(0, 6).map(({ table, bytes: size }) => `${table} ${(size / 1e6).toFixed(1)} MB`);
  tell(`${pages} pages: first night ${JSON.stringify(first)}, ${(bytes / pages).toFixed(0)} bytes a page`);
  tell(
    `${pages} pages: quiet nights ${JSON.stringify(quiet)}, ${nightly.toFixed(0)} bytes a night; ${largest.join(', ')}`,
  );
  return { pages, first, quiet, bytes, nightly };
}

type Measured = Awaited<ReturnType<typeof measure>>;

/** A straight line through what was measured at the smallest and at the largest size. */
function constantsOf(measured: readonly Measured[]): Constants {
  const [small, large] = [measured[0], measured.at(-1)];
  if (small === undefined || large === undefined || small === large) throw new Error('two sizes are needed');
  const line = (of: (one: Measured) => number) => {
    const each = (of(large) - of(small)) / (large.pages - small.pages);
    return { fixed: Math.max(0, of(small) - each * small.pages), each };
  };
  const night = (kind: 'first' | 'quiet') => ({
    requests: line((one) => one[kind].requests),
    points: line((one) => one[kind].points),
    cpu: line((one) => one[kind].cpu),
  });
  return {
    first: night('first'),
    quiet: night('quiet'),
    bytes: line((one) => one.bytes),
    nightly: line((one) => one.nightly),
  };
}

eachNightShift('what a fleet takes', (shift) => {
  it('by what one tenant takes', async () => {
    if (shift.database().url === null) return;
    const measured: Measured[] = [];
    for (const pages of SIZES) measured.push(await measure(shift, pages));
    const constants = constantsOf(measured);
    tell(JSON.stringify(constants));
    for (const line of capacityTables(constants)) tell(line);
    expect(constants.first.requests.each).toBeGreaterThan(0);
    expect(constants.quiet.requests.each).toBeLessThan(constants.first.requests.each);
  });
});
