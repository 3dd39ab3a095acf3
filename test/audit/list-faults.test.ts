import { expect, it } from 'vitest';
import cursorExpired from '../../src/simulator/faults/cursor-expired.ts';
import cursorRepeats from '../../src/simulator/faults/cursor-repeats.ts';
import emptyPages from '../../src/simulator/faults/empty-pages.ts';
import failsOverLongLists from '../../src/simulator/faults/fails-over-long-lists.ts';
import labelsCut from '../../src/simulator/faults/labels-cut.ts';
import longPages from '../../src/simulator/faults/long-pages.ts';
import movesWhileListed from '../../src/simulator/faults/moves-while-listed.ts';
import searchRefuses from '../../src/simulator/faults/search-refuses.ts';
import shortPages from '../../src/simulator/faults/short-pages.ts';
import { nightShiftOnServer, lines, type NightShift, type Tenant } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const PAGES = 'GET /wiki/api/v2/pages';
const SEARCH = 'GET /wiki/rest/api/content/search';
const SPACES = ['DOCS', 'OPS'];

/** A wiki of two list pages that was audited once; then some of it goes away unseen. */
async function audited(shift: NightShift, given: Parameters<typeof shelf>[1] = {}) {
  const wiki = shelf(shift.clock, { runbooks: 3, others: 250, ...given });
  const tenant = await shift.tenant(wiki.world);
  expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 254 });
  tenant.asked();
  return { ...wiki, tenant };
}
const limits = (tenant: Tenant): (string | null)[] =>
  tenant.site.requests
    .filter(({ query, template }) => template === PAGES && query.includes('space-id'))
    .map(({ query }) => new URLSearchParams(query).get('limit'));
const openRunbooks = async (tenant: Tenant): Promise<number> => (await tenant.view('stale_runbooks')).length;

nightShiftOnServer('a list of pages', (shift) => {
  it.each<[string, (tenant: Tenant) => void]>([
    [
      'whose cursor expires begins again from its start',
      ({ site }) => site.faults.strike(cursorExpired, { at: PAGES, after: 1 }),
    ],
    [
      'with an empty page in the middle is followed',
      ({ site }) => site.faults.strike(emptyPages, { at: PAGES, after: 1 }),
    ],
    ['with short pages is followed', ({ site }) => site.faults.strike(shortPages, { at: PAGES, times: 9 })],
    [
      'whose limit is lowered is followed',
      ({ site }) => site.faults.strike(shortPages, { at: PAGES, times: 9, lowered: true }),
    ],
    [
      'with more rows than asked for counts each once',
      ({ site }) => site.faults.strike(longPages, { at: PAGES, times: 9 }),
    ],
  ])('%s', async (_, strike) => {
    const { world, stale, tenant } = await audited(shift);
    world.purgePage(stale[0] ?? '');
    strike(tenant);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 253, findingsResolved: 1 });
    expect(await openRunbooks(tenant)).toBe(2);
    tenant.site.faults.clear();
  });

  it.each<[string, string, string, (tenant: Tenant) => void]>([
    [
      'whose cursors keep expiring is given up after three restarts',
      'unexpected',
      'cursor-expired',
      ({ site }) => site.faults.strike(cursorExpired, { at: PAGES, times: 50 }),
    ],
    [
      'that runs in a circle is given up',
      'unexpected',
      'cursor-loop',
      ({ site }) => site.faults.strike(cursorRepeats, { at: PAGES, times: 50 }),
    ],
    [
      'that fails however short its pages are is given up',
      'unreachable',
      'server-error',
      ({ site }) => site.faults.strike(failsOverLongLists, { at: PAGES, times: 50, over: 10 }),
    ],
  ])('%s, and nothing is concluded from what is missing', async (_, reason, code, strike) => {
    const { world, stale, tenant } = await audited(shift);
    world.purgePage(stale[0] ?? '');
    world.trashPage(stale[1] ?? '');
    strike(tenant);
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'partial', reason, findingsResolved: 0 });
    expect(result.detail).toContain(`The pages of 2 spaces could not be listed to the end (${code})`);
    expect(lines(await tenant.view('coverage'), 'space_key state')).toEqual(SPACES.map((key) => `${key} | partial`));
    expect(await openRunbooks(tenant)).toBe(3);
    expect(limits(tenant).length).toBeLessThan(30);

    tenant.site.faults.clear();
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 2 });
  });

  it('over which the site fails is walked again with shorter pages, never under a cursor', async () => {
    const { tenant } = await audited(shift);
    tenant.site.faults.strike(failsOverLongLists, { at: PAGES, times: 9 });
    const before = limits(tenant).length;
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 254 });
    const asked = limits(tenant).slice(before);
    expect([...new Set(asked)]).toEqual(['250', '100']);
    expect(asked.filter((limit) => limit === '100')).toHaveLength(3);
    const mixed = tenant.site.requests.filter(({ query }) => query.includes('limit=100') && query.includes('cursor='));
    expect(mixed).toHaveLength(2);
    tenant.site.faults.clear();
  });

  it('by date may lose a page that is edited while it is listed; the next night has it', async () => {
    const { stale, tenant } = await audited(shift);
    const thrifty = { mode: 'audit', listing: { worthRequests: -1 } } as const;
    shift.clock.pass({ seconds: 3600 });
    tenant.site.faults.strike(movesWhileListed, { at: PAGES, pageId: stale[0] ?? '' });
    expect(await tenant.night(thrifty)).toMatchObject({ outcome: 'complete', pagesSeen: 254, findingsResolved: 0 });
    shift.clock.pass({ seconds: 3600 });
    expect(await tenant.night(thrifty)).toMatchObject({ outcome: 'complete', pagesChanged: 1, findingsResolved: 1 });
  });
});

nightShiftOnServer('a search for labels', (shift) => {
  it('that cuts a long list short is repaired page by page, and counted as degraded', async () => {
    const { world, ann, stale, tenant } = await audited(shift);
    for (let index = 0; index < 199; index += 1) world.addLabel(stale[0] ?? '', `a${index}`, ann);
    world.addLabel(stale[0] ?? '', 'zz-last', ann);
    tenant.site.faults.strike(labelsCut, { at: SEARCH, times: 9 });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    expect(lines(await tenant.view('coverage'), 'space_key degraded')).toEqual(['DOCS | 0', 'OPS | 1']);
    const labels = `select labels::text from audit.page where tenant_id = $1 and page_id = $2`;
    const [row] = await shift.database().superuser(labels, [tenant.id, stale[0]]);
    expect(row?.['labels']).toContain('zz-last');
    tenant.site.faults.clear();
  });

  it.each([
    ['every page', 1000],
    ['only what matters', 0],
  ])('of %s that fails because of one page is asked in halves, and that page alone', async (_, few) => {
    const { stale, tenant } = await audited(shift);
    tenant.site.faults.strike(searchRefuses, { at: SEARCH, times: 99, pageId: stale[1] ?? '' });
    expect(await tenant.night({ listing: { few } })).toMatchObject({ outcome: 'complete' });
    expect(lines(await tenant.view('coverage'), 'space_key degraded')).toEqual(['DOCS | 0', 'OPS | 1']);
    expect(tenant.asked().filter((template) => template.endsWith('/labels'))).toHaveLength(1);
    tenant.site.faults.clear();
  });

  it('whose index lags is repaired page by page', async () => {
    const { world, ann, tenant } = await audited(shift, { searchLagMs: 60_000 });
    world.addPage({ space: 'OPS', title: 'Runbook of today', by: ann, at: shift.clock.now() });
    expect(await tenant.night({ listing: { few: 0 } })).toMatchObject({ outcome: 'complete' });
    expect(lines(await tenant.view('coverage'), 'space_key degraded')).toEqual(['DOCS | 0', 'OPS | 1']);
  });
});
