import { expect, it } from 'vitest';
import { eachNightShift, lines } from '../night-shift.ts';
import { shelf } from './shelf.ts';

eachNightShift('what lies outside of the ordinary', (shift) => {
  it('archived and personal spaces are not walked, and coverage says why', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 1 });
    const add = (space: { key: string; type?: 'personal'; status?: 'archived' }) => {
      world.addSpace({ name: space.key, by: ann, at: shift.clock.ago(900), ...space });
      world.addPage({ space: space.key, title: 'Runbook', by: ann, at: shift.clock.ago(300) });
    };
    add({ key: 'OLD', status: 'archived' });
    add({ key: '~ann', type: 'personal' });
    const tenant = await shift.tenant(world);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 2 });
    expect(lines(await tenant.view('coverage'), 'space_key state excluded_because')).toEqual([
      'DOCS | walked | -',
      'OLD | excluded | the space is archived',
      'OPS | walked | -',
      '~ann | excluded | spaces.excludeTypes names personal',
    ]);
    expect(await tenant.view('stale_runbooks')).toHaveLength(1);
  });

  it('live docs are judged as pages, and marked in the inventory', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 0 });
    const at = shift.clock.ago(300);
    const { id } = world.addPage({ space: 'OPS', title: 'Live runbook', by: ann, at, subtype: 'live' });
    const tenant = await shift.tenant(world);
    await tenant.night();
    expect(lines(await tenant.view('stale_runbooks'), 'page_id content_type')).toEqual([`${id} | page`]);
    const rows = await shift
      .database()
      .superuser('select page_id, subtype from audit.page where tenant_id = $1 order by subtype', [tenant.id]);
    expect(rows).toMatchObject([{ page_id: id, subtype: 'live' }, { subtype: null }]);
  });
});
