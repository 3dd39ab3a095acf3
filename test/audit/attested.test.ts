import { expect, it } from 'vitest';
import { nightShiftOnServer, lines, type Tenant } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const PROPERTY = 'GET /wiki/api/v2/pages/{id}/properties';
const STATUS = 'GET /wiki/rest/api/content/{id}/state';
const asked = (tenant: Tenant, template: string): number => tenant.asked().filter((each) => each === template).length;
const titles = async (tenant: Tenant) => lines(await tenant.view('stale_runbooks'), 'page_title');
const day = (at: Date): string => at.toISOString().slice(0, 10);

nightShiftOnServer('what hangs on a page and attests it', (shift) => {
  it('is asked for where the settings name it, of runbooks that nothing else keeps fresh', async () => {
    const { world, ann, stale } = shelf(shift.clock, { runbooks: 5 });
    const [byProperty = '', byStatus = '', byOldProperty = '', byOtherStatus = ''] = stale;
    world.setProperty(byProperty, 'last-review', {
      value: { reviewedAt: day(shift.clock.ago(3)) },
      by: ann,
      at: shift.clock.ago(3),
    });
    world.setStatus(byStatus, 'Verified', shift.clock.ago(5));
    world.setProperty(byOldProperty, 'last-review', { value: '2001-01-01', by: ann, at: shift.clock.ago(3) });
    world.setStatus(byOtherStatus, 'Rough draft', shift.clock.ago(5));
    const marks = { property: 'last-review', statuses: ['verified'] };
    const tenant = await shift.tenant(world, { rules: { 'stale-runbook': marks }, mode: 'audit' });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    expect(await titles(tenant)).toEqual(['Runbook 3', 'Runbook 4', 'Runbook 5']);
    expect(asked(tenant, STATUS)).toBe(5);

    tenant.site.faults.next(() => ({ status: 403, body: { message: 'no' } }), 9, PROPERTY);
    expect(await tenant.night()).toMatchObject({ findingsResolved: 0 });
    tenant.site.faults.clear();

    // Taken away again, it attests no longer.
    world.content(byProperty).properties.clear();
    await tenant.night();
    expect(await titles(tenant)).toEqual(['Runbook 1', 'Runbook 3', 'Runbook 4', 'Runbook 5']);

    tenant.configure({ rules: { 'stale-runbook': {} }, mode: 'audit' });
    tenant.asked();
    await tenant.night();
    expect(tenant.asked().filter((each) => each === PROPERTY || each === STATUS)).toEqual([]);
  });

  it('leaves a runbook unjudged while it cannot be read', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world, {
      rules: { 'stale-runbook': { property: 'last-review' } },
      mode: 'audit',
    });
    tenant.site.faults.next(() => ({ status: 403, body: { message: 'no' } }), 9, PROPERTY);
    await tenant.night();
    tenant.site.faults.clear();
    expect(await titles(tenant)).toEqual([]);
    expect(lines(await tenant.view('unjudged'), 'rule_id status')).toEqual(['stale-runbook | skip']);
  });
});
