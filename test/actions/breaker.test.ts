import { expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { auditExit, writesExit } from '../../src/domain/audit-exit.ts';
import { shelf } from '../audit/shelf.ts';
import { eachNightShift, type NightShift, writesAmong } from '../night-shift.ts';
import { byHand } from './by-hand.ts';

const MANY = 60;

/** So many runbooks that were stale before anybody looked. */
function addOld({ clock }: NightShift, { world, ann, home }: ReturnType<typeof shelf>, pages: number): void {
  for (let index = 0; index < pages; index += 1) {
    const title = `Old runbook ${index}`;
    world.addPage({ space: 'OPS', title, by: ann, at: clock.ago(400), parentId: home, body: '<p>.</p>' });
  }
}

eachNightShift('the breaker', (shift) => {
  it('refuses a plan far larger than those before, until a person overrides it, on record', async () => {
    const shelved = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(shelved.world, {
      limits: { writesPerRun: 500, writesPercent: 100, writesPerSpace: 500 },
    });
    await tenant.night();
    addOld(shift, shelved, MANY);
    shift.clock.pass({ days: 1 });
    tenant.asked();

    const refused = await tenant.night();
    expect(refused).toMatchObject({ outcome: 'complete', reason: 'breaker', writesPlanned: MANY, writesDone: 0 });
    expect(refused.detail).toBe(
      `${MANY} writes are wanted, and in the audit before at most 2: more than 50 need a person's word.`,
    );
    expect(auditExit([refused], null)).toBe(6);
    expect(writesAmong(tenant.asked())).toEqual([]);
    // What was refused is no history that the next night could go by.
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ reason: 'breaker', writesDone: 0 });

    const byPlan = await byHand(shift, tenant).apply();
    expect(byPlan).toMatchObject({ errorCode: 'plan-refused', done: 0 });
    expect(writesExit([byPlan])).toBe(6);
    expect(await byHand(shift, tenant).apply({ overrideBreaker: 'the old wiki moved in' })).toMatchObject({
      outcome: 'complete',
      done: MANY,
    });
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ reason: null, writesPlanned: 0 });
  });

  it('refuses to write where the account sees less than it should, and nothing is taken off', async () => {
    const { world, stale, edit, labelled } = shelf(shift.clock, { runbooks: 6, others: 10 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    const before = labelled();
    for (const page of stale.slice(0, 5))
      world.setReadRestriction(page, { users: [createHash('md5').update('x').digest('hex')] });
    edit(stale[5] ?? '');
    shift.clock.pass({ days: 1 });
    tenant.asked();
    const short = await tenant.night();
    expect(short).toMatchObject({ outcome: 'partial', reason: 'visibility-lost', writesPlanned: 1, writesDone: 0 });
    expect(short.refusedBecause).toContain('not visible any more');
    expect(auditExit([short], null)).toBe(6);
    expect(writesAmong(tenant.asked())).toEqual([]);
    expect(labelled()).toEqual(before);
  });

  it('says nothing against a small plan after quiet nights', async () => {
    const shelved = shelf(shift.clock, { runbooks: 0, others: 3 });
    const tenant = await shift.tenant(shelved.world);
    await tenant.night();
    addOld(shift, shelved, 8);
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ reason: null, writesDone: 8 });
  });
});
