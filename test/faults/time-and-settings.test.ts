import { expect, it } from 'vitest';
import meanwhile from '../../src/simulator/faults/meanwhile.ts';
import throttled from '../../src/simulator/faults/throttled.ts';
import { shelf } from '../audit/shelf.ts';
import { nightShiftOnServer, lines } from '../night-shift.ts';

const SEARCH = 'GET /wiki/rest/api/content/search';
const HOUR = 3_600;

nightShiftOnServer('a clock that is set', (shift) => {
  it.each([
    ['an hour forward, as at the beginning of summer time', HOUR],
    ['an hour back, as at its end', -HOUR],
    ['five hours forward', 5 * HOUR],
    ['two days back', -48 * HOUR],
  ])('%s in the middle of a night neither ends it nor makes anything younger than new', async (_, seconds) => {
    const { world, labelled, stale, edit } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(meanwhile, { at: SEARCH, happens: () => shift.clock.step(seconds) });
    // A page whose last edit will lie ahead of the clock.
    edit(stale[2] ?? '');
    const night = await tenant.night();
    expect(night).toMatchObject({ outcome: 'complete', writesDone: 2 });
    expect(night.seconds).toBeGreaterThanOrEqual(0);
    expect(labelled()).toEqual(stale.slice(0, 2));
    for (const row of await tenant.view('stale_runbooks')) expect(row['age_days']).toBeGreaterThanOrEqual(0);
    shift.clock.step(-seconds);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 0, writesPlanned: 0 });
  });

  it('back while a wait runs does not lengthen the wait, forward does not end it', async () => {
    for (const seconds of [-HOUR, HOUR]) {
      const { world } = shelf(shift.clock, { runbooks: 1 });
      const tenant = await shift.tenant(world);
      tenant.site.faults.strike(throttled, { at: SEARCH, retryAfter: '60' });
      tenant.site.faults.strike(meanwhile, { at: 'GET /wiki/api/v2/spaces', happens: () => shift.clock.step(seconds) });
      const from = shift.clock.monotonic();
      expect(await tenant.night()).toMatchObject({ outcome: 'complete', throttled: 1 });
      const waited = (shift.clock.monotonic() - from) / 1000;
      expect(waited).toBeGreaterThanOrEqual(60);
      expect(waited).toBeLessThan(HOUR);
    }
  });
});

nightShiftOnServer('settings that change in the middle of a night', (shift) => {
  it('hold from the next night on: this one ends as it began', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(meanwhile, {
      at: SEARCH,
      happens: () =>
        tenant.configure({
          spaces: { include: ['DOCS'] },
          limits: { requestsPerRun: 1 },
          rules: { 'stale-runbook': 'off' },
          actions: [],
        }),
    });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 2 });
    expect(labelled()).toEqual(stale);
    tenant.configure({ rules: { 'stale-runbook': 'off' }, actions: [] });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 2 });
    expect(labelled()).toEqual([]);
    const closed = (await tenant.view('finding_history')).filter((row) => row['event'] === 'out_of_scope');
    expect(lines(closed, 'rule_id')).toEqual(['stale-runbook', 'stale-runbook']);
  });
});
