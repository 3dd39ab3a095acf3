import { expect, it, vi } from 'vitest';
import { eachNightShift, type NightShift, type Tenant } from '../night-shift.ts';
import { tell } from './figures.ts';
import { largeWiki, PAGES, SIZE } from './large-wiki.ts';
import { OTHER_READERS } from './other-readers.ts';

vi.setConfig({ testTimeout: 3_600_000 });

/** Rules without those that read bodies: metadata, labels of interest, attachments, restrictions of runbooks. */
const WITHOUT_BODIES = {
  'missing-sections': 'off',
  'missing-attachment': 'off',
  'secret-in-body': 'off',
  'missing-owner': 'off',
  'inactive-owner': 'off',
  'broken-page-link': 'off',
  'empty-page': 'off',
};
const READERS = { onCallGroups: ['sre-oncall'] };
const perPage = (requests: number): string => (requests / PAGES).toFixed(4);

/** The requests of one night, counted at the site, the most frequent first. */
async function nightOf(tenant: Tenant, full = false): Promise<{ total: number; by: string }> {
  tenant.asked();
  const result = await tenant.night({ mode: 'plan', full });
  expect(result).toMatchObject({ outcome: 'complete', reason: null });
  const counted = new Map<string, number>();
  const asked = tenant.asked();
  for (const template of asked) counted.set(template, (counted.get(template) ?? 0) + 1);
  expect(result.requests).toBe(asked.length);
  const by = [...counted]
    .toSorted((a, b) => b[1] - a[1])
    .map(([template, times]) => `${times} ${template.replace('GET /wiki', '')}`);
  return { total: asked.length, by: by.join(', ') };
}

/** One night after a working day, at least a week of them, so that every space has had its day. */
async function week(shift: NightShift, tenant: Tenant, workDay: (day: number, at: Date) => void): Promise<number[]> {
  const nights: number[] = [];
  for (let day = 0; day < 7; day += 1) {
    workDay(day, shift.clock.now());
    shift.clock.pass({ days: 1 });
    nights.push((await nightOf(tenant)).total);
  }
  return nights;
}

const fallDue = (shift: NightShift, tenant: Tenant) =>
  shift
    .database()
    .superuser(`update audit.space set listed_at = listed_at - interval '7 days' where tenant_id = $1`, [tenant.id]);
const nothingDue = (shift: NightShift, tenant: Tenant) =>
  shift
    .database()
    .superuser(`update audit.space set listed_at = $2::timestamptz - interval '1 hour' where tenant_id = $1`, [
      tenant.id,
      shift.clock.now().toISOString(),
    ]);

eachNightShift('the requests that audits take', (shift) => {
  it('of ten thousand pages, beside other readers', async () => {
    if (shift.database().url === null) return;
    tell(
      `economy: ${PAGES} pages, ${SIZE.spaces} spaces, 1.5 attachments a page, 5 % runbooks, ${SIZE.folders} folders; requests counted at the simulated site`,
    );
    for (const { name, requests } of OTHER_READERS) {
      const spent = requests({ pages: PAGES, spaces: SIZE.spaces });
      tell(`| ${name} | ${spent} | ${perPage(spent)} |`);
    }
    const usual = await measure(shift, 200);
    tell(`full: ${usual.first.by}\nchanges: ${usual.changes.by}\ncheck: ${usual.check.by}`);
    const nights = await week(shift, usual.lean, usual.workDay);
    tell(`a week of nights with the rota: ${nights.join(', ')}`);
    const whole = await shift.tenant(usual.world, { readers: READERS });
    const bodies = await nightOf(whole);
    tell(`| with all bodies | ${bodies.total} | ${perPage(bodies.total)} |\nbodies: ${bodies.by}`);
    expect(usual.first.total / PAGES).toBeLessThanOrEqual(0.013);
    expect(usual.changes.total).toBeLessThanOrEqual(20);
    expect(usual.check.total).toBeLessThanOrEqual(65);
    expect(bodies.total / PAGES).toBeLessThanOrEqual(0.018);
    for (const rows of [100, 50, 25]) await measure(shift, rows);
  });
});

/** A first night, a quiet one, and one on which everything is due, on a site that gives so many rows in a search. */
async function measure(shift: NightShift, rows: number) {
  const { world, workDay } = largeWiki(shift.clock, { searchCaps: { plain: 250, expanded: rows, body: 50 } });
  const lean = await shift.tenant(world, { readers: READERS, rules: WITHOUT_BODIES });
  const first = await nightOf(lean);
  workDay(50, shift.clock.now());
  shift.clock.pass({ days: 1 });
  await nothingDue(shift, lean);
  const changes = await nightOf(lean);
  workDay(51, shift.clock.now());
  shift.clock.pass({ days: 1 });
  await fallDue(shift, lean);
  const check = await nightOf(lean);
  tell(`| ${rows} | ${first.total} | ${perPage(first.total)} | ${changes.total} | ${check.total} |`);
  return { world, workDay, lean, first, changes, check };
}
