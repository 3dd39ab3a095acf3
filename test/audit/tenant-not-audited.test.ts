import { expect, it } from 'vitest';
import { noteMissed } from '../../src/audit/note-missed.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createRandom } from '../../src/runtime/random.ts';
import { eachNightShift, lines, type Tenant } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const told = async (tenant: Tenant) =>
  lines(
    (await tenant.view('open_findings')).filter((row) => row['rule_id'] === 'tenant-not-audited'),
    'subject_type subject_id page_id reason',
  );

eachNightShift('nights that are missed', (shift) => {
  const start = async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world, { mode: 'audit' });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    return { world, tenant, since: shift.clock.now().toISOString().slice(0, 16).replace('T', ' ') };
  };
  const nextNight = () => shift.clock.pass({ days: 1 });
  /** What the scheduler does when a slot has come. */
  const slotComes = async (tenant: Tenant) => {
    const { settings } = await shift.prepare([tenant]);
    const [configured] = settings.config.tenants;
    if (configured === undefined) throw new Error('no tenant');
    const now = shift.clock.now;
    const log = createLog({ level: 'silent', format: 'json', now, write: () => undefined });
    const { store } = shift.database();
    await noteMissed({ store, rules: settings.rules, now, newId: createRandom(shift.clock).id, log }, configured);
  };

  it('are told by the second run that fails, and resolve with the next complete one', async () => {
    const { tenant, since } = await start();
    tenant.site.faults.next(() => ({ status: 503, body: {} }), 10_000);
    const seen = [];
    for (const _ of [1, 2, 3]) {
      nextNight();
      expect((await tenant.night()).outcome).not.toBe('complete');
      seen.push(await told(tenant));
    }
    const after = (nights: number) => [
      expect.stringMatching(
        new RegExp(
          `^tenant \\| ${tenant.id} \\| - \\| No audit has been complete since ${since} UTC, and ${nights} nights have passed; the last run ended failed`,
        ),
      ),
    ];
    expect(seen).toEqual([[], after(2), after(3)]);
    tenant.site.faults.clear();
    await tenant.night({ onlySpaces: ['DOCS'] });
    expect(await told(tenant)).toHaveLength(1);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    expect(await told(tenant)).toEqual([]);
  });

  it('are told by the scheduler where nobody took them, once, with a failed run among the runs', async () => {
    const { tenant } = await start();
    for (const nights of [1, 2]) {
      nextNight();
      await slotComes(tenant);
      expect(await told(tenant), `slot ${nights}`).toEqual([]);
    }
    for (const _ of [3, 4]) {
      nextNight();
      await slotComes(tenant);
    }
    expect((await told(tenant)).join()).toMatch(/and 2 nights have passed; no run took place\.$/);
    expect(lines(await tenant.view('new_since_last_run'), 'rule_id')).toEqual(['tenant-not-audited']);
    expect(lines(await tenant.view('run_log'), 'outcome reason trigger')).toEqual([
      'failed | unexpected | schedule',
      'complete | - | manual',
    ]);
    await tenant.night();
    expect(await told(tenant)).toEqual([]);
  });

  it('do not count while a run is under way, on days of blackout, or with the rule off', async () => {
    const { tenant } = await start();
    for (const _ of [1, 2, 3]) nextNight();
    const day = (back: number) => shift.clock.ago(back).toISOString().slice(0, 10);
    tenant.configure({ mode: 'audit', schedule: { blackout: [`${day(2)}..${day(0)}`] } });
    await slotComes(tenant);
    tenant.configure({ mode: 'audit', rules: { 'tenant-not-audited': 'off' } });
    await slotComes(tenant);
    tenant.configure({ mode: 'audit' });
    const row = `insert into audit.run (tenant_id, run_id, mode, trigger, "full", config_hash, started_at, lease_owner, lease_until)
      values ($1, 'under-way', 'audit', 'schedule', false, 'c', $2, 'w', $3)`;
    const at = shift.clock.now();
    await shift.database().superuser(row, [tenant.id, at, new Date(at.getTime() + 30_000)]);
    await slotComes(tenant);
    expect(await told(tenant)).toEqual([]);
    shift.clock.pass({ seconds: 60 });
    await slotComes(tenant);
    expect(await told(tenant)).toHaveLength(1);
  });
});
