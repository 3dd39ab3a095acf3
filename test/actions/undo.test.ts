import { expect, it } from 'vitest';
import { shelf } from '../audit/shelf.ts';
import { eachNightShift, lines, writesAmong } from '../night-shift.ts';
import { byHand } from './by-hand.ts';

eachNightShift('an undo', (shift) => {
  it('takes back what a run did where it is still ours, and audits leave it so until the finding changes', async () => {
    const { world, ann, stale, edit, labelled } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world);
    const night = await tenant.night();
    shift.clock.pass({ seconds: 3_600 });
    // One label a person took off, one a person took off and put back: that one is theirs.
    world.removeLabel(stale[1] ?? '', 'docaudit-stale');
    const undone = await byHand(shift, tenant).undo(night.runId);
    expect(undone).toMatchObject({ outcome: 'complete', done: 2, skipped: 1, stays: [] });
    expect(labelled()).toEqual([]);
    const ledger = lines(await tenant.view('executed_actions'), 'run_id action state');
    expect(ledger.filter((line) => line.startsWith(`${undone.runId} | remove-label | done`))).toHaveLength(2);
    expect((await tenant.view('run_log')).find((row) => row['run_id'] === undone.runId)).toMatchObject({ job: 'undo' });

    tenant.asked();
    shift.clock.pass({ days: 1 });
    await tenant.night();
    shift.clock.pass({ days: 1 });
    await tenant.night();
    expect(world.labelsOf(stale[0] ?? '')).toEqual([]);
    expect(world.labelsOf(stale[2] ?? '')).toEqual([]);

    // Mended, and stale again much later: that is news.
    edit(stale[0] ?? '');
    await tenant.night();
    shift.clock.pass({ days: 200 });
    await tenant.night();
    expect(world.labelsOf(stale[0] ?? '')).toEqual(['docaudit-stale']);
    expect(world.labelsOf(stale[2] ?? '')).toEqual([]);
    expect(ann).not.toBe(tenant.auditor);
  });

  it('can be undone: then everything is as the run had left it, and ours', async () => {
    const { world, stale, edit, labelled } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    const night = await tenant.night();
    const undone = await byHand(shift, tenant).undo(night.runId);
    expect(labelled()).toEqual([]);
    expect(await byHand(shift, tenant).undo(undone.runId)).toMatchObject({ outcome: 'complete', done: 2 });
    expect(labelled()).toEqual(stale);
    expect(await byHand(shift, tenant).undo(night.runId)).toMatchObject({ planId: null, done: 0 });
    tenant.asked();
    expect(await tenant.night()).toMatchObject({ writesPlanned: 0 });
    edit(stale[0] ?? '');
    expect(await tenant.night()).toMatchObject({ writesDone: 1 });
    expect(labelled()).toEqual([stale[1]]);
    expect(writesAmong(tenant.asked())).toHaveLength(1);
  });

  it('of a removal puts the label back, and the next audits let it stand', async () => {
    const { world, stale, edit, labelled } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    edit(stale[0] ?? '');
    const night = await tenant.night();
    expect(labelled()).toEqual([]);
    expect(await byHand(shift, tenant).undo(night.runId)).toMatchObject({ done: 1 });
    expect(labelled()).toEqual(stale);
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ writesPlanned: 0 });
    expect(labelled()).toEqual(stale);
  });
});
