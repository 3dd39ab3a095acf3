import { expect, it } from 'vitest';
import meanwhile from '../../src/simulator/faults/meanwhile.ts';
import { eachNightShift, lines, writesAmong } from '../night-shift.ts';
import { shelf } from '../audit/shelf.ts';

const ADD = 'POST /wiki/rest/api/content/{id}/label';
const COLUMNS = 'page_title action state';

eachNightShift('label writes', (shift) => {
  it('are planned and not made in the mode plan, and not even planned in the mode audit', async () => {
    const { world, labelled } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    expect(await tenant.night({ mode: 'audit' })).toMatchObject({ planId: null, writesPlanned: 0 });
    expect(await tenant.view('planned_actions')).toEqual([]);

    const planned = await tenant.night({ mode: 'plan' });
    expect(planned).toMatchObject({ outcome: 'complete', planId: expect.any(String), writesPlanned: 2, writesDone: 0 });
    const plan = await tenant.view('planned_actions');
    expect(lines(plan, 'plan_id page_title action label page_version state undoable')).toEqual([
      `${planned.planId} | Runbook 1 | add-label | docaudit-stale | 1 | planned | true`,
      `${planned.planId} | Runbook 2 | add-label | docaudit-stale | 1 | planned | true`,
    ]);
    expect(writesAmong(tenant.asked())).toEqual([]);
    expect(await tenant.view('executed_actions')).toEqual([]);

    const again = await tenant.night({ mode: 'plan' });
    expect(again.planId).not.toBe(planned.planId);
    expect((await tenant.view('planned_actions')).map((row) => row['plan_id'])).toEqual([again.planId, again.planId]);

    await tenant.night({ mode: 'apply' });
    expect(labelled()).toHaveLength(2);
    expect(await tenant.view('planned_actions')).toEqual([]);
  });

  it('are paced: the worst first, the rest in later nights', async () => {
    const { world, stale, ben, labelled } = shelf(shift.clock, { runbooks: 4 });
    const tenant = await shift.tenant(world, {
      readers: { onCallGroups: ['sre-oncall'] },
      limits: { writesPerRun: 2 },
      actions: [
        { name: 'old', match: { rule: 'stale-runbook', status: 'fail' }, do: [{ label: 'docaudit-stale' }] },
        { name: 'closed', match: { rule: 'unreadable-runbook' }, do: [{ label: 'docaudit-closed' }] },
      ],
    });
    world.setReadRestriction(stale[3] ?? '', { users: [ben, tenant.auditor] });

    expect(await tenant.night()).toMatchObject({ writesPlanned: 2, writesDone: 2, writesDeferred: 3 });
    expect(world.labelsOf(stale[3] ?? '')).toEqual(['docaudit-closed']);
    expect(labelled()).toEqual([stale[0]]);
    const left = lines(await tenant.view('planned_actions'), COLUMNS);
    expect(left).toEqual(['Runbook 2', 'Runbook 3', 'Runbook 4'].map((title) => `${title} | add-label | deferred`));

    expect(await tenant.night()).toMatchObject({ writesPlanned: 2, writesDone: 2, writesDeferred: 1 });
    expect(labelled()).toEqual(stale.slice(0, 3));
    expect(await tenant.night()).toMatchObject({ writesPlanned: 1, writesDone: 1, writesDeferred: 0 });
    expect(labelled()).toEqual(stale);
    expect(await tenant.night()).toMatchObject({ planId: null, writesPlanned: 0, writesDone: 0 });
  });

  it('put a label back once that somebody took off, and leave it off the second time', async () => {
    const { world, stale, labelled } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    shift.clock.pass({ days: 1 });
    world.removeLabel(stale[0] ?? '', 'docaudit-stale');
    expect(await tenant.night()).toMatchObject({ writesPlanned: 1, writesDone: 1 });
    expect(labelled()).toEqual(stale);

    shift.clock.pass({ days: 1 });
    world.removeLabel(stale[0] ?? '', 'docaudit-stale');
    tenant.asked();
    expect(await tenant.night()).toMatchObject({ planId: null, writesDone: 0 });
    expect(await tenant.night()).toMatchObject({ planId: null, writesDone: 0 });
    expect(writesAmong(tenant.asked())).toEqual([]);
    expect(labelled()).toEqual([]);
    const executed = await tenant.view('executed_actions');
    expect(lines(executed, COLUMNS)).toEqual(['Runbook 1 | add-label | done', 'Runbook 1 | add-label | done']);
    for (const write of executed) expect(write['undone_at']).not.toBeNull();
    expect(lines(executed, 'outcome').toSorted()).toEqual([
      'The label was added and taken off again, as before: it is suppressed and not put there any more.',
      'The label was added, and somebody took it off.',
    ]);
    expect(await tenant.view('stale_runbooks')).toMatchObject([{ labelled_at: null }]);
  });

  it('never take a label over that a person put back after taking ours off', async () => {
    const { world, stale, ann, edit } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    const [page = ''] = stale;
    await tenant.night();
    shift.clock.pass({ days: 1 });
    world.removeLabel(page, 'docaudit-stale');
    await tenant.night({ mode: 'plan' });
    world.addLabel(page, 'docaudit-stale', ann);
    await tenant.night();
    edit(page);
    tenant.asked();
    expect(await tenant.night()).toMatchObject({ findingsResolved: 1, writesPlanned: 0 });
    expect(world.labelsOf(page)).toEqual(['docaudit-stale']);
    expect(writesAmong(tenant.asked())).toEqual([]);
  });

  it('that are forbidden fail, and say so, and cost the others nothing', async () => {
    const { world, stale, ann, labelled } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world);
    world.setUpdateRestriction(stale[0] ?? '', { users: [ann] });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesPlanned: 3, writesDone: 2 });
    expect(labelled()).toEqual(stale.slice(1));
    const failed = (await tenant.view('executed_actions')).filter((row) => row['state'] === 'refused');
    expect(failed).toMatchObject([
      { page_title: 'Runbook 1', executed_at: null, outcome: expect.stringMatching(/403|edit the page/) },
    ]);
    expect(writesAmong(tenant.asked())).toEqual([ADD, ADD, ADD]);
  });

  it('skip a page that was edited after it was read, and one that went away', async () => {
    const { world, stale, edit, labelled } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world);
    // The pages are listed, their bodies are read, and then they are looked at once more before they are labelled.
    tenant.site.faults.strike(meanwhile, {
      at: 'GET /wiki/api/v2/pages',
      after: 2,
      happens: () => {
        edit(stale[0] ?? '');
        world.trashPage(stale[1] ?? '');
      },
    });
    expect(await tenant.night()).toMatchObject({ writesPlanned: 3, writesDone: 1 });
    expect(labelled()).toEqual([stale[2]]);
    const executed = lines(await tenant.view('executed_actions'), 'page_title state outcome');
    expect(executed.toSorted()).toEqual([
      'Runbook 1 | skipped | The page was edited since it was judged (version 1, now 2).',
      'Runbook 2 | gone | The page was deleted.',
      'Runbook 3 | done | The label was added.',
    ]);
    expect(await tenant.night()).toMatchObject({ findingsResolved: 2, writesPlanned: 0 });
  });

  it('stop at the budget, worst first, and go on with the next run', async () => {
    const { world, stale, labelled } = shelf(shift.clock, { runbooks: 4 });
    const tenant = await shift.tenant(world);
    const reading = (await tenant.night({ mode: 'plan' })).requests;
    tenant.configure({ limits: { requestsPerRun: reading } });
    const short = await tenant.night();
    expect(short).toMatchObject({ outcome: 'partial', reason: 'budget', writesPlanned: 4 });
    expect(labelled()).toEqual(stale.slice(0, short.writesDone));
    expect(short.writesDone).toBeLessThan(4);
    tenant.configure({});
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 4 - short.writesDone });
    expect(labelled()).toEqual(stale);
    expect(writesAmong(tenant.asked())).toEqual([ADD, ADD, ADD, ADD]);
  });
});
