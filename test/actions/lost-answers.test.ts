import { expect, it } from 'vitest';
import connectionLost from '../../src/simulator/faults/connection-lost.ts';
import { shelf } from '../audit/shelf.ts';
import { eachNightShift, lines, writesAmong } from '../night-shift.ts';

const ADD = 'POST /wiki/rest/api/content/{id}/label';
const REMOVE = 'DELETE /wiki/rest/api/content/{id}/label';

eachNightShift('label writes', (shift) => {
  it('whose answer is lost are read back: one effect, and no second request', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(connectionLost, { at: ADD });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesPlanned: 1, writesDone: 1 });
    expect(await tenant.night()).toMatchObject({ planId: null, writesDone: 0 });
    expect(labelled()).toEqual(stale);
    expect(writesAmong(tenant.asked())).toEqual([ADD]);
    expect(await tenant.view('executed_actions')).toMatchObject([
      { state: 'done', outcome: 'The answer was lost; read back: it happened.' },
    ]);
  });

  it('that never arrived are made the night after', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(connectionLost, { at: ADD, when: 'before-work' });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesPlanned: 1, writesDone: 0 });
    expect(await tenant.view('executed_actions')).toMatchObject([{ state: 'unknown', executed_at: null }]);
    expect(labelled()).toEqual([]);
    expect(await tenant.night()).toMatchObject({ writesPlanned: 1, writesDone: 1 });
    expect(labelled()).toEqual(stale);
    expect(writesAmong(tenant.asked())).toEqual([ADD, ADD]);
    expect(lines(await tenant.view('executed_actions'), 'state').toSorted()).toEqual(['done', 'failed']);
  });

  it('stay ours where the answer is lost and the site shows the label only later', async () => {
    const { world, labelled, stale, edit } = shelf(shift.clock, { runbooks: 1, searchLagMs: 60_000 });
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(connectionLost, { at: ADD });
    await tenant.night();
    expect(labelled()).toEqual(stale);
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ writesPlanned: 0 });
    edit(stale[0] ?? '');
    expect(await tenant.night()).toMatchObject({ writesPlanned: 1, writesDone: 1 });
    expect(labelled()).toEqual([]);
    expect(writesAmong(tenant.asked())).toEqual([ADD, REMOVE]);
  });

  it('are not undone because the search index does not show them yet', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 1, searchLagMs: 60_000 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesPlanned: 0 });
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesPlanned: 0 });
    expect(labelled()).toEqual(stale);
    expect(writesAmong(tenant.asked())).toEqual([ADD]);
  });
});
