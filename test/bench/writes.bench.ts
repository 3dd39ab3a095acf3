import { expect, it, vi } from 'vitest';
import { byHand } from '../actions/by-hand.ts';
import { shelf } from '../audit/shelf.ts';
import { eachNightShift, writesAmong } from '../night-shift.ts';
import { tell } from './figures.ts';

vi.setConfig({ testTimeout: 3_600_000 });

const PER_SECOND = 10;
const LIMITS = { writesPerRun: 1_000, writesPercent: 100, writesPerSpace: 1_000, share: 0.7 };

eachNightShift('the requests and the time that writes take', (shift) => {
  it('by plan and apply, at a site that serves ten requests a second', async () => {
    const kind = shift.database().url === null ? 'PGlite' : 'Postgres';
    tell(
      `writes (${kind}): labels, of ${PER_SECOND} requests a second 0.7 allowed; the clock is that of the simulation, the last column the real one`,
    );
    for (const labels of [10, 25, 50, 100]) {
      const { world, labelled } = shelf(shift.clock, { runbooks: labels });
      const tenant = await shift.tenant(world, { limits: LIMITS });
      tenant.site.faults.rateLimit = { perSecond: PER_SECOND, burst: PER_SECOND, retryAfter: 'exact' };
      await tenant.night({ mode: 'plan' });
      tenant.asked();
      const [began, beganReally] = [shift.clock.now().getTime(), performance.now()];
      const applied = await byHand(shift, tenant).apply();
      const seconds = (shift.clock.now().getTime() - began) / 1_000;
      const asked = tenant.asked();
      // One label each, by one request each.
      expect(applied).toMatchObject({ outcome: 'complete', done: labels });
      expect(labelled()).toHaveLength(labels);
      // What was refused with 429 was not done, and is no repetition.
      const [run] = (await tenant.view('run_log')).filter((row) => row['job'] === 'apply');
      expect(writesAmong(asked).length - run?.['throttled']).toBe(labels);
      tell(
        `| ${labels} | ${asked.length} | ${(asked.length / labels).toFixed(3)} | ${(labels / seconds).toFixed(2)} | ${run?.['throttled']} | ${((performance.now() - beganReally) / labels).toFixed(1)} |`,
      );
    }
  });
});
