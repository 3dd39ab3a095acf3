import { expect, it } from 'vitest';
import { shelf } from '../audit/shelf.ts';
import { eachNightShift, lines, writesAmong } from '../night-shift.ts';
import { byHand } from './by-hand.ts';

const STALE = 'docaudit-stale';

eachNightShift('a stored plan', (shift) => {
  it('is carried out exactly, once, under the name of who approved it', async () => {
    const { world, ann, home, labelled, stale } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world);
    const { planId } = await tenant.night({ mode: 'plan' });
    // What goes stale after the plan was made is no part of it.
    world.addPage({
      space: 'OPS',
      title: 'Runbook 9',
      by: ann,
      at: shift.clock.ago(400),
      parentId: home,
      body: '<p>.</p>',
    });
    tenant.asked();

    const applied = await byHand(shift, tenant).apply({ planId });
    expect(applied).toMatchObject({ outcome: 'complete', planId, done: 3, skipped: 0, refused: 0, unknown: 0 });
    expect(labelled()).toEqual(stale);
    const asked = tenant.asked();
    expect(writesAmong(asked)).toHaveLength(3);
    // Who we are, the pages and their labels, and the writes: nothing is walked.
    expect(asked).toHaveLength(6);
    const executed = await tenant.view('executed_actions');
    expect(lines(executed, 'run_id plan_id approved_by account_id state').toSorted()).toEqual(
      Array(3).fill(`${applied.runId} | ${planId} | jdoe | ${tenant.auditor} | done`),
    );
    expect((await tenant.view('run_log')).filter((row) => row['job'] === 'apply')).toMatchObject([
      { run_id: applied.runId, mode: 'apply', trigger: 'manual', outcome: 'complete', writes_done: 3 },
    ]);
    // No audit took place, so no night of the tenant did.
    expect(await tenant.view('tenant_health')).toMatchObject([{ outcome: 'complete', missed_runs: 0 }]);

    expect(await byHand(shift, tenant).apply({ planId })).toMatchObject({ outcome: 'complete', done: 0 });
    expect(writesAmong(tenant.asked())).toEqual([]);
    expect(await tenant.night()).toMatchObject({ writesPlanned: 1 });
  });

  it('leaves alone what changed since, page by page, and says why', async () => {
    const { world, ann, stale, edit } = shelf(shift.clock, { runbooks: 6 });
    const tenant = await shift.tenant(world, { limits: { writesPerRun: 50 } });
    await tenant.night({ mode: 'plan' });
    const [edited = '', marked = '', exempted = '', reviewed = '', archived = '', trashed = ''] = stale;
    edit(edited);
    world.addLabel(marked, STALE, ann);
    world.addLabel(exempted, 'docaudit-exempt', ann);
    world.addLabel(reviewed, 'reviewed-2026-11-01', ann);
    world.archivePage(archived);
    world.trashPage(trashed);
    tenant.asked();

    expect(await byHand(shift, tenant).apply()).toMatchObject({ outcome: 'complete', done: 0, skipped: 6 });
    expect(writesAmong(tenant.asked())).toEqual([]);
    expect(lines(await tenant.view('executed_actions'), 'page_title state outcome').toSorted()).toEqual([
      'Runbook 1 | skipped | The page was edited since it was judged (version 1, now 2).',
      'Runbook 2 | skipped | The page carries the label already: somebody else put it there, and it is theirs.',
      'Runbook 3 | skipped | The page was exempted since it was judged (label docaudit-exempt).',
      'Runbook 4 | skipped | The page was labelled since it was judged (reviewed-2026-11-01).',
      'Runbook 5 | skipped | The page was archived since it was judged.',
      'Runbook 6 | gone | The page was deleted.',
    ]);
    // The label of a person is never ours, whatever is found later.
    await tenant.night();
    edit(marked);
    await tenant.night();
    expect(world.labelsOf(marked)).toEqual([STALE]);
  });

  it('leaves alone a page whose finding was muted since', async () => {
    const { world, labelled } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    await tenant.night({ mode: 'plan' });
    shift.given.mutes.push({
      tenant: tenant.id,
      rule: 'stale-runbook',
      reason: 'known',
      by: 'jdoe',
      expires: '2027-03-31',
    });
    await tenant.night({ mode: 'audit' });
    expect(await byHand(shift, tenant).apply()).toMatchObject({ done: 0, skipped: 1 });
    expect(labelled()).toEqual([]);
    shift.given.mutes.length = 0;
  });

  it.each<[string, (planId: string) => object, RegExp]>([
    ['is unknown', () => ({ planId: 'no-such-plan' }), /has no plan no-such-plan/],
    ['was replaced by a later audit', (planId) => ({ planId }), /was replaced by/],
  ])('that %s is refused before anything is asked of the site', async (_, order, said) => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    const { planId } = await tenant.night({ mode: 'plan' });
    shift.clock.pass({ seconds: 3_600 });
    await tenant.night({ mode: 'plan' });
    tenant.asked();
    const refused = await byHand(shift, tenant).apply(order(planId ?? ''));
    expect(refused).toMatchObject({ outcome: 'failed', runId: null, detail: expect.stringMatching(said) });
    expect(tenant.asked()).toEqual([]);
  });

  it('expires after a week', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    await tenant.night({ mode: 'plan' });
    shift.clock.pass({ days: 8 });
    expect(await byHand(shift, tenant).apply()).toMatchObject({ errorCode: 'plan-expired', runId: null });
  });

  it('stops where the site refuses one write after the other, and says so', async () => {
    const { world, ann, stale } = shelf(shift.clock, { runbooks: 8 });
    const tenant = await shift.tenant(world);
    for (const page of stale) world.setUpdateRestriction(page, { users: [ann] });
    await tenant.night({ mode: 'plan' });
    tenant.asked();
    const applied = await byHand(shift, tenant).apply();
    expect(applied).toMatchObject({ outcome: 'failed', reason: 'forbidden', refused: 5, done: 0 });
    expect(writesAmong(tenant.asked())).toHaveLength(5);
    expect((await tenant.view('planned_actions')).map((row) => row['state'])).toEqual(Array(3).fill('planned'));
  });
});
