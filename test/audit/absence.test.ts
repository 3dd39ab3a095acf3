import { expect, it } from 'vitest';
import { accept } from '../../jobs/coverage.ts';
import { createActing } from '../../src/runtime/operator.ts';
import meanwhile from '../../src/simulator/faults/meanwhile.ts';
import { only } from '../../src/simulator/world/spaces.ts';
import { eachNightShift, lines, type Tenant, writesAmong } from '../night-shift.ts';
import { shelf } from './shelf.ts';

/** Findings about pages alone; that the drop itself is one has a test of its own. */
const QUIET = { 'coverage-dropped': 'off' };
const IDENTITY = 'GET /wiki/rest/api/user/current';
const open = async (tenant: Tenant): Promise<string[]> =>
  lines(await tenant.view('stale_runbooks'), 'page_title').toSorted();
const history = async (tenant: Tenant): Promise<string[]> =>
  lines(await tenant.view('finding_history'), 'event note').filter((line) => !line.startsWith('opened'));

eachNightShift('a page that is not listed any more', (shift) => {
  const acting = createActing(shift.clock);
  it('resolves its findings when it lies in the trash or in the archive, and reopens them when it is back', async () => {
    const { world, stale } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await tenant.night();
    world.trashPage(stale[0] ?? '');
    world.archivePage(stale[1] ?? '');
    tenant.asked();
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 2, pagesSeen: 3 });
    expect(await open(tenant)).toEqual(['Runbook 3', 'Runbook 4']);
    expect((await history(tenant)).toSorted()).toEqual([
      'resolved | The page was archived.',
      'resolved | The page was deleted.',
    ]);
    const asked = tenant.asked();
    expect(asked.filter((template) => template === IDENTITY)).toHaveLength(1);
    expect(writesAmong(asked)).toEqual([]);

    world.restorePage(stale[0] ?? '');
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesPlanned: 0 });
    expect(await open(tenant)).toEqual(['Runbook 1', 'Runbook 3', 'Runbook 4']);
    expect((await history(tenant)).at(-1)).toBe('reopened | -');
  });

  it('resolves its findings when it was purged, once the identity is proved again', async () => {
    const { world, stale } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await tenant.night();
    world.purgePage(stale[0] ?? '');
    tenant.asked();
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 1 });
    expect(await open(tenant)).toEqual(['Runbook 2', 'Runbook 3', 'Runbook 4']);
    expect(tenant.asked().filter((template) => template === IDENTITY)).toHaveLength(2);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 0 });
  });

  it('resolves nothing when the token dies in the middle of the walk', async () => {
    const { world, stale } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await tenant.night();
    world.purgePage(stale[0] ?? '');
    tenant.site.faults.strike(meanwhile, {
      at: 'GET /wiki/api/v2/attachments',
      happens: () => world.revokeToken('auditor@example.com'),
      afterwards: true,
    });
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', reason: 'auth-invalid', findingsResolved: 0 });
    expect(await open(tenant)).toHaveLength(4);
    expect(await history(tenant)).toEqual([]);
  });

  it('resolves nothing when most of its space is hidden with it, and says so until it is back', async () => {
    const { world, stale } = shelf(shift.clock, { runbooks: 6 });
    const tenant = await shift.tenant(world, { rules: QUIET });
    await tenant.night();
    for (const id of stale.slice(0, 5)) world.hidePageFrom(id, tenant.auditor);
    for (const night of [1, 2]) {
      const result = await tenant.night();
      expect(result, `night ${night}`).toMatchObject({ outcome: 'partial', reason: 'visibility-lost' });
      expect(result).toMatchObject({ findingsResolved: 0, writesPlanned: 0 });
      expect(result.coverage).toEqual({ spacesSeen: 1, spacesTotal: 2, percent: 25 });
      expect(result.detail).toBe('5 pages of space OPS are not visible any more; their findings stay as they were.');
    }
    expect(await open(tenant)).toHaveLength(6);
    const coverage = lines(await tenant.view('coverage'), 'space_key state pages_seen missing');
    expect(coverage).toEqual(['DOCS | walked | 0 | 0', 'OPS | partial | 2 | 5']);
    expect(await tenant.view('tenant_health')).toMatchObject([{ outcome: 'partial', reason: 'visibility-lost' }]);

    for (const id of stale) world.showPageTo(id, tenant.auditor);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', coverage: { percent: 100 } });
    expect(await history(tenant)).toEqual([]);
  });

  it('resolves its findings once somebody has said that they are meant to be gone, and nothing that vanishes later', async () => {
    const { world, stale } = shelf(shift.clock, { runbooks: 14 });
    const tenant = await shift.tenant(world, { mode: 'audit', rules: QUIET });
    await tenant.night();
    for (const id of stale.slice(0, 5)) world.purgePage(id);
    expect(await tenant.night()).toMatchObject({ outcome: 'partial', reason: 'visibility-lost' });
    const { store } = shift.database();
    const asked = { tenant: tenant.id, reason: 'Moved to the new wiki', by: 'jdoe' };
    await expect(accept({ store, acting }, { ...asked, space: 'DOCS' })).rejects.toThrow(
      /No space of .* has lost pages/,
    );
    await expect(accept({ store, acting }, { ...asked, by: null })).rejects.toThrow(/--by/);
    expect(await accept({ store, acting }, asked)).toContain('Accepted for OPS of ');
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 5 });
    for (const id of stale.slice(5, 11)) world.purgePage(id);
    expect(await tenant.night()).toMatchObject({ outcome: 'partial', findingsResolved: 0 });
    await accept({ store, acting }, asked);
    for (const id of stale.slice(11)) world.purgePage(id);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
  });

  it('is out of scope once somebody has said that its whole space is meant to be gone', async () => {
    const { world, ann } = shelf(shift.clock);
    const tenant = await shift.tenant(world, { mode: 'audit', rules: QUIET });
    await tenant.night();
    world.setSpaceAccess('OPS', { readers: only([ann]) });
    await tenant.night();
    await accept({ store: shift.database().store, acting }, { tenant: tenant.id, reason: 'Closed', by: 'jdoe' });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 0 });
    expect(await open(tenant)).toEqual([]);
    expect((await history(tenant)).every((line) => line.startsWith('out_of_scope'))).toBe(true);
    expect(lines(await tenant.view('coverage'), 'space_key state excluded_because')).toContain(
      'OPS | excluded | accepted as gone',
    );
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
  });

  it('resolves nothing when its whole space is out of sight', async () => {
    const { world, ann } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await tenant.night();
    world.setSpaceAccess('OPS', { readers: only([ann]) });
    for (const night of [1, 2]) {
      const result = await tenant.night();
      expect(result, `night ${night}`).toMatchObject({ outcome: 'partial', reason: 'visibility-lost' });
      expect(result).toMatchObject({ findingsResolved: 0, coverage: { percent: 0 } });
      expect(result.detail).toBe('Space OPS was visible last time and is not listed any more.');
    }
    expect(await open(tenant)).toHaveLength(4);
    expect(lines(await tenant.view('coverage'), 'space_key state missing')).toEqual([
      'DOCS | walked | 0',
      'OPS | gone | 5',
    ]);
  });

  it('resolves no pair of titles of which one page went out of sight with its space', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 0 });
    const page = (space: string) => world.addPage({ space, title: 'Same', by: ann, at: shift.clock.ago(5) }).id;
    page('OPS');
    page('DOCS');
    const tenant = await shift.tenant(world, { rules: { ...QUIET, 'duplicate-title': {} } });
    await tenant.night();
    world.setSpaceAccess('DOCS', { readers: only([ann]) });
    expect(await tenant.night()).toMatchObject({ outcome: 'partial', findingsResolved: 0 });
    expect(await tenant.view('open_findings')).toHaveLength(2);
  });
});
