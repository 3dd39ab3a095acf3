import { expect, it } from 'vitest';
import { eachNightShift, lines, writesAmong } from '../night-shift.ts';
import { shelf } from './shelf.ts';

eachNightShift('quiet hours', (shift) => {
  it('leave the writes of a scheduled night planned, and say so; other nights write', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 2 });
    // The clock of these nights begins at 02:00 UTC.
    const tenant = await shift.tenant(world, { schedule: { quietHours: ['01:00-05:00'] } });
    const quiet = await tenant.night({ trigger: 'schedule' });
    expect(quiet).toMatchObject({ outcome: 'complete', reason: 'quiet-hours', writesPlanned: 2, writesDone: 0 });
    expect(quiet.findings.high).toBe(2);
    expect(writesAmong(tenant.asked())).toEqual([]);
    expect(await tenant.view('planned_actions')).toMatchObject([{ state: 'planned' }, { state: 'planned' }]);

    shift.clock.pass({ seconds: 4 * 3600 });
    const loud = await tenant.night({ trigger: 'schedule' });
    expect(loud).toMatchObject({ outcome: 'complete', reason: null, writesDone: 2 });
    expect(labelled()).toEqual(stale);
    expect(lines(await tenant.view('run_log'), 'trigger mode outcome reason writes_done')).toEqual([
      'schedule | apply | complete | - | 2',
      'schedule | apply | complete | quiet-hours | 0',
    ]);
  });

  it('do not bind somebody who waits for the audit', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world, { schedule: { quietHours: ['00:00-12:00', '12:00-00:00'] } });
    expect(await tenant.night({ trigger: 'manual' })).toMatchObject({
      outcome: 'complete',
      reason: null,
      writesDone: 1,
    });
  });
});
