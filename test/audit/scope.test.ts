import { expect, it } from 'vitest';
import { nightShiftOnServer, lines, type Tenant, writesAmong } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const closed = async (tenant: Tenant): Promise<string[]> =>
  lines(await tenant.view('finding_history'), 'rule_id event').filter((line) => !line.endsWith('opened'));

nightShiftOnServer('a narrower scope', (shift) => {
  it('closes the findings of a space that is excluded now as out of scope, and never as resolved', async () => {
    const { world, labelled } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    tenant.asked();
    tenant.configure({ spaces: { exclude: ['OPS'] } });
    expect(await tenant.night()).toMatchObject({
      outcome: 'complete',
      findingsResolved: 0,
      coverage: { percent: null },
    });
    expect(await tenant.view('open_findings')).toEqual([]);
    expect(await closed(tenant)).toEqual(['stale-runbook | out_of_scope', 'stale-runbook | out_of_scope']);
    expect(lines(await tenant.view('coverage'), 'space_key state')).toEqual(['DOCS | walked', 'OPS | excluded']);
    // What is not looked at is not written to either.
    expect(writesAmong(tenant.asked())).toEqual([]);
    expect(labelled()).toHaveLength(2);

    tenant.configure({});
    await tenant.night();
    expect(await tenant.view('stale_runbooks')).toMatchObject([{ reopened_count: 1 }, { reopened_count: 1 }]);
  });

  it('closes the findings of a rule that is turned off, and takes its labels away', async () => {
    const { world, labelled } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    tenant.configure({ rules: { 'stale-runbook': 'off' }, actions: [] });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 0, writesDone: 2 });
    expect(await tenant.view('open_findings')).toEqual([]);
    expect(await closed(tenant)).toEqual(['stale-runbook | out_of_scope', 'stale-runbook | out_of_scope']);
    expect(labelled()).toEqual([]);
  });

  it('closes the findings of a page that is exempt now, or no runbook any more', async () => {
    const { world, stale, ann, labelled } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    world.addLabel(stale[0] ?? '', 'evergreen', ann);
    world.addLabel(stale[1] ?? '', 'meeting-notes', ann);
    expect(await tenant.night()).toMatchObject({ findingsResolved: 0, writesDone: 2 });
    expect(lines(await tenant.view('open_findings'), 'page_title')).toEqual(['Runbook 3']);
    expect(await closed(tenant)).toEqual(['stale-runbook | out_of_scope', 'stale-runbook | out_of_scope']);
    expect(labelled()).toEqual([stale[2]]);
  });

  it('closes the findings of a page that moved to a space which is not audited', async () => {
    const { world, stale } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world, { spaces: { exclude: ['DOCS'] } });
    await tenant.night();
    world.movePage(stale[0] ?? '', null, 'DOCS');
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 0 });
    expect(await closed(tenant)).toEqual(['stale-runbook | out_of_scope']);
  });

  it('of one command (--space) closes nothing in the spaces that it leaves out', async () => {
    const { world, stale, ann } = shelf(shift.clock, { runbooks: 3 });
    const docs = world.addPage({ space: 'DOCS', title: 'Playbook', by: ann, at: shift.clock.ago(300) }).id;
    const tenant = await shift.tenant(world);
    await tenant.night();
    const coverage = await tenant.view('coverage');
    world.editPage(docs, { by: ann, at: shift.clock.now() });
    world.editPage(stale[0] ?? '', { by: ann, at: shift.clock.now() });
    const result = await tenant.night({ onlySpaces: ['ops'] });
    expect(result).toMatchObject({ outcome: 'complete', pagesSeen: 4, findingsResolved: 1 });
    expect(lines(await tenant.view('stale_runbooks'), 'page_title').toSorted()).toEqual([
      'Playbook',
      'Runbook 2',
      'Runbook 3',
    ]);
    expect((await tenant.view('coverage'))[0]).toEqual(coverage[0]);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 1 });
  });

  it('of one command loses no page that moved to a space which it leaves out', async () => {
    const { world, stale } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    world.movePage(stale[0] ?? '', null, 'DOCS');
    await tenant.night({ onlySpaces: ['OPS'] });
    expect(await closed(tenant)).toEqual([]);
    await tenant.night();
    expect(await closed(tenant)).toEqual([]);
    expect(lines(await tenant.view('stale_runbooks'), 'page_title space_key').toSorted()).toEqual([
      'Runbook 1 | DOCS',
      'Runbook 2 | OPS',
    ]);
  });

  it('of one command resolves no pair of titles of which it sees one page', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 0 });
    const pages = ['OPS', 'DOCS'].map(
      (space) => world.addPage({ space, title: 'Same', by: ann, at: shift.clock.ago(5) }).id,
    );
    const tenant = await shift.tenant(world, { rules: { 'duplicate-title': {} } });
    await tenant.night();
    expect(await tenant.night({ onlySpaces: ['OPS'] })).toMatchObject({ outcome: 'complete', findingsResolved: 0 });
    expect(await tenant.view('open_findings')).toHaveLength(2);
    world.editPage(pages[0] ?? '', { by: ann, at: shift.clock.now(), title: 'Other' });
    expect(await tenant.night()).toMatchObject({ findingsResolved: 2 });
  });

  it('of one command that names no space of the site is a mistake, and nothing is judged', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    expect(await tenant.night({ onlySpaces: ['NOPE'] })).toMatchObject({
      outcome: 'failed',
      errorCode: 'arguments-invalid',
      detail: '--space NOPE: no such space is visible to the account and in scope.',
    });
    expect(await tenant.view('open_findings')).toEqual([]);
  });
});
