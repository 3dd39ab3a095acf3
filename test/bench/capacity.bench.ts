import { expect, it, vi } from 'vitest';
import { eachNightShift, type NightShift, type Tenant } from '../night-shift.ts';
import { capacityTables, type TenantFigures } from './capacity.ts';
import { givenList, tell } from './figures.ts';
import { largeWiki, SIZE } from './large-wiki.ts';
import { databaseSize } from './peers/database-size.ts';
import { serverCpu } from './server-cpu.ts';

vi.setConfig({ testTimeout: 7_200_000 });

/** At least two sizes in their order, so that what a tenant costs and what a page costs can be told apart. */
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
async function measure(shift: NightShift, pages: number): Promise<TenantFigures> {
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

eachNightShift('what a fleet takes', (shift) => {
  it('by what one tenant takes', async () => {
    if (shift.database().url === null) return;
    const measured: TenantFigures[] = [];
    for (const pages of SIZES) measured.push(await measure(shift, pages));
    for (const line of capacityTables(measured)) tell(line);
    const [small, large] = [measured[0], measured.at(-1)];
    expect(large?.first.requests).toBeGreaterThan(small?.first.requests ?? 0);
    expect((large?.quiet.requests ?? 0) / (large?.pages ?? 0)).toBeLessThan(0.01);
  });
});
