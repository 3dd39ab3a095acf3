import { expect, it } from 'vitest';
import connectionLost from '../../src/simulator/faults/connection-lost.ts';
import deliveredTwice from '../../src/simulator/faults/delivered-twice.ts';
import serverError from '../../src/simulator/faults/server-error.ts';
import { shelf } from '../audit/shelf.ts';
import { lines, nightShiftOnServer, type NightShift } from '../night-shift.ts';
import { byHand } from './by-hand.ts';

const MATCH = { rule: 'stale-runbook' };
const LABEL = { label: 'docaudit-stale' };
const COMMENT = { comment: 'stale-owner' };

async function planned(shift: NightShift, steps: readonly (readonly object[])[]) {
  const shelved = shelf(shift.clock, { runbooks: 1 });
  const actions = steps.map((each, index) => ({ name: `action-${index + 1}`, match: MATCH, do: each }));
  const tenant = await shift.tenant(shelved.world, { actions });
  await tenant.night({ mode: 'plan' });
  const [page = ''] = shelved.stale;
  return { ...shelved, tenant, page, hand: byHand(shift, tenant) };
}

nightShiftOnServer('a page that changes its place', (shift) => {
  it('takes no write of a plan after the same plan has archived it', async () => {
    const { world, tenant, page, hand } = await planned(shift, [[{ archive: true }], [COMMENT]]);
    tenant.asked();
    expect(await hand.apply()).toMatchObject({ outcome: 'complete', done: 1, skipped: 1, refused: 0 });
    expect(world.contents.get(page)?.status).toBe('archived');
    expect(tenant.asked()).not.toContain('POST /wiki/api/v2/footer-comments');
  });

  it('is brought back by an undo together with what stood on it: that comes off too', async () => {
    const { world, page, hand } = await planned(shift, [[LABEL, COMMENT, { trash: true }]]);
    const applied = await hand.apply();
    expect(applied).toMatchObject({ done: 3 });
    expect(world.contents.get(page)?.status).toBe('trashed');
    expect(await hand.undo(applied.runId)).toMatchObject({ outcome: 'complete', done: 3, skipped: 0 });
    expect(world.contents.get(page)?.status).toBe('current');
    expect([world.labelsOf(page), world.commentsOf(page)]).toEqual([[], []]);
  });

  it('is brought back and edited by a person after the way back was lost: that is no version of ours', async () => {
    const { world, tenant, page, hand, edit } = await planned(shift, [[{ trash: true }]]);
    const applied = await hand.apply();
    tenant.site.faults.strike(connectionLost, { at: 'PUT /wiki/api/v2/pages/{id}', when: 'before-work', times: 4 });
    await hand.undo(applied.runId);
    expect(world.contents.get(page)?.status).toBe('trashed');
    world.restorePage(page);
    edit(page);
    await tenant.night({ mode: 'plan' });
    await tenant.night({ mode: 'plan' });
    expect(await tenant.view('executed_actions')).toContainEqual(
      expect.objectContaining({ action: 'restore', state: 'done' }),
    );
    expect(await tenant.view('stale_runbooks')).toEqual([]);
  });

  it('is brought back by an undo that the network delivers twice, and not taken away again', async () => {
    const { world, tenant, page, hand } = await planned(shift, [[{ trash: true }]]);
    const applied = await hand.apply();
    tenant.site.faults.strike(deliveredTwice, { at: 'PUT /wiki/api/v2/pages/{id}' });
    expect(await hand.undo(applied.runId)).toMatchObject({ outcome: 'complete', done: 1, skipped: 0 });
    expect(world.contents.get(page)?.status).toBe('current');
    await tenant.night({ mode: 'plan' });
    expect(await tenant.view('planned_actions')).toEqual([]);
    expect(lines(await tenant.view('executed_actions'), 'action outcome')).toContain(
      'restore | The site refused it as a conflict; read back: it happened.',
    );
  });

  it('was never asked where it had been archived before: it is asked once it is back', async () => {
    const { world, tenant, page, hand } = await planned(shift, [[COMMENT]]);
    world.archivePage(page);
    expect(await hand.apply()).toMatchObject({ done: 0, skipped: 1 });
    await tenant.night({ mode: 'plan' });
    world.restorePage(page);
    await tenant.night({ mode: 'plan' });
    expect(await hand.apply()).toMatchObject({ done: 1 });
    expect(world.commentsOf(page)).toHaveLength(1);
    expect(lines(await tenant.view('executed_actions'), 'action state')).toContain('add-comment | done');
  });

  it('is archived after the task that the site was busy with, and once where the network delivers the request twice', async () => {
    const { world, tenant, page, hand } = await planned(shift, [[{ archive: true }]]);
    world.startArchiving([], shift.clock.now());
    expect(await hand.apply()).toMatchObject({ outcome: 'complete', done: 1, refused: 0 });
    expect(world.contents.get(page)?.status).toBe('archived');

    world.restorePage(page);
    await tenant.night({ mode: 'plan' });
    tenant.site.faults.strike(deliveredTwice, { at: 'POST /wiki/rest/api/content/archive' });
    expect(await hand.apply()).toMatchObject({ outcome: 'complete', done: 1, refused: 0 });
    expect(world.contents.get(page)?.status).toBe('archived');
  });

  it('is archived by us also where nobody could look at the task to its end', async () => {
    const { world, tenant, page, hand } = await planned(shift, [[{ archive: true }]]);
    tenant.site.faults.strike(serverError, { at: 'GET /wiki/rest/api/longtask/{id}', times: 9 });
    await hand.apply();
    expect(await tenant.view('executed_actions')).toMatchObject([{ action: 'archive', state: 'unknown' }]);
    tenant.site.faults.clear();
    for (const job of world.archiveJobs.values()) while (job.ended === null) world.lookAtJob(job);
    await tenant.night({ mode: 'plan' });
    expect(world.contents.get(page)?.status).toBe('archived');
    expect(await tenant.view('executed_actions')).toMatchObject([{ action: 'archive', state: 'done' }]);
  });
});
