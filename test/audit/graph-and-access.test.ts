import { expect, it } from 'vitest';
import serverError from '../../src/simulator/faults/server-error.ts';
import { PUBLIC } from '../../src/simulator/world/spaces.ts';
import { eachNightShift, lines, type Tenant } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const PERMISSIONS = 'GET /wiki/api/v2/spaces/{id}/permissions';
const VERSIONS = 'GET /wiki/api/v2/pages/{id}/versions';

const found = async (tenant: Tenant, rule: string, columns: string): Promise<string[]> =>
  lines(
    (await tenant.view('open_findings')).filter((row) => row['rule_id'] === rule),
    columns,
  );
const asked = (tenant: Tenant, template: string): number => tenant.asked().filter((each) => each === template).length;

/** Only this rule is on. */
const only = (rule: string, options = {}) => ({
  rules: { 'stale-runbook': 'off', [rule]: options },
  mode: 'audit',
});
const link = (title: string) => `<p><ac:link><ri:page ri:content-title="${title}"/></ac:link></p>`;

eachNightShift('what rules over links and access read', (shift) => {
  it('knows what lies in the archive and in the trash on the first night already', async () => {
    const { world, ann, home } = shelf(shift.clock, { runbooks: 1 });
    const at = shift.clock.ago(50);
    const add = (title: string, body = '') =>
      world.addPage({ space: 'OPS', title, by: ann, at, parentId: home, body }).id;
    world.archivePage(add('Old plan'));
    const trashed = add('Thrown away');
    world.trashPage(trashed);
    add('Register', link('Old plan') + link('Thrown away'));
    const tenant = await shift.tenant(world, only('archived-but-linked'));
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    const reason =
      'The page links to 2 pages that readers no longer find: "Old plan" in OPS (archived), "Thrown away" in OPS (in the trash).';
    expect(await found(tenant, 'archived-but-linked', 'page_title reason')).toEqual([`Register | ${reason}`]);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 0 });
    tenant.configure(only('stale-page'));
    tenant.asked();
    await tenant.night();
    expect(tenant.asked().filter((template) => template === 'GET /wiki/api/v2/pages')).toHaveLength(1);
  });

  it('names a public space once, by its permissions, and asks for them only then', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world, only('anonymous-space'));
    world.setSpaceAccess('OPS', { readers: PUBLIC });
    await tenant.night();
    const space = world.space('OPS');
    expect(await found(tenant, 'anonymous-space', 'subject_type subject_id page_id confidence')).toEqual([
      `space | ${space.id} | ${space.homepageId} | partial`,
    ]);
    expect(asked(tenant, PERMISSIONS)).toBe(2);

    tenant.site.faults.next(() => ({ status: 403, body: { message: 'no' } }), 9, PERMISSIONS);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 0 });
    expect(lines(await tenant.view('unjudged'), 'rule_id status subject_type')).toContain(
      'anonymous-space | skip | space',
    );
    tenant.site.faults.clear();
    world.setSpaceAccess('OPS', { readers: { ...PUBLIC, anonymous: false } });
    expect(await tenant.night()).toMatchObject({ findingsResolved: 1 });

    tenant.configure(only('stale-page'));
    tenant.asked();
    await tenant.night();
    expect(asked(tenant, PERMISSIONS)).toBe(0);
  });

  it('asks for archive and permissions as often as all of a space is listed, and knows them in between', async () => {
    const { world, ann, home } = shelf(shift.clock, { runbooks: 1 });
    const archived = { space: 'OPS', title: 'Old plan', by: ann, at: shift.clock.ago(50), parentId: home };
    world.archivePage(world.addPage(archived).id);
    const register = { ...archived, title: 'Register', body: link('Old plan') };
    world.addPage(register);
    world.setSpaceAccess('OPS', { readers: PUBLIC });
    const rules = { 'stale-runbook': 'off', 'archived-but-linked': {}, 'anonymous-space': {} };
    const tenant = await shift.tenant(world, { rules, mode: 'audit' });
    await tenant.night();
    const open = lines(await tenant.view('open_findings'), 'rule_id page_title');
    expect(open).toHaveLength(2);
    tenant.asked();

    expect(await tenant.night({ listing: { worthRequests: -1 } })).toMatchObject({ outcome: 'complete' });
    expect(asked(tenant, PERMISSIONS)).toBe(0);
    expect(lines(await tenant.view('open_findings'), 'rule_id page_title')).toEqual(open);
  });

  it('is partial where the archive breaks off, and nothing is resolved', async () => {
    const { world, ann, home } = shelf(shift.clock, { runbooks: 1 });
    const at = shift.clock.ago(50);
    const old = world.addPage({ space: 'OPS', title: 'Old plan', by: ann, at, parentId: home }).id;
    world.archivePage(old);
    world.addPage({ space: 'OPS', title: 'Register', by: ann, at, parentId: home, body: link('Old plan') });
    const tenant = await shift.tenant(world, only('archived-but-linked'));
    await tenant.night();
    tenant.site.faults.strike(serverError, { at: 'GET /wiki/api/v2/pages', times: 99 });
    expect(await tenant.night()).toMatchObject({ outcome: 'partial', findingsResolved: 0 });
    expect(await found(tenant, 'archived-but-linked', 'page_title')).toEqual(['Register']);
  });

  it('reads the versions of a runbook once where one person may have written it alone, and then what is newer', async () => {
    const { world, ann, ben, stale } = shelf(shift.clock, { runbooks: 2 });
    const [one = '', two = ''] = stale;
    for (const [page, by] of [
      [one, ann],
      [two, ben],
      [two, ann],
    ] as const)
      world.editPage(page, { by, at: shift.clock.ago(40) });
    const tenant = await shift.tenant(world, only('bus-factor-one'));
    await tenant.night();
    const reason = 'Only "Ann Example" has ever edited the runbook (2 versions).';
    expect(await found(tenant, 'bus-factor-one', 'page_title reason')).toEqual([`Runbook 1 | ${reason}`]);
    expect(asked(tenant, VERSIONS)).toBe(2);
    await tenant.night();
    expect(asked(tenant, VERSIONS)).toBe(0);
    world.editPage(one, { by: ann, at: shift.clock.now() });
    await tenant.night();
    expect(asked(tenant, VERSIONS)).toBe(1);
    world.editPage(one, { by: ben, at: shift.clock.now() });
    expect(await tenant.night()).toMatchObject({ findingsResolved: 1 });
    expect(asked(tenant, VERSIONS)).toBe(0);
  });

  it('counts the links of exempt pages', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 1 });
    const at = shift.clock.ago(50);
    world.addPage({ space: 'OPS', title: 'Lost', by: ann, at, parentId: null });
    const body = '<p><ac:link><ri:page ri:content-title="Lost"/></ac:link></p>';
    const hub = world.addPage({ space: 'OPS', title: 'Hub', by: ann, at, parentId: null, body }).id;
    const tenant = await shift.tenant(world, only('orphan-page'));
    await tenant.night();
    expect(await found(tenant, 'orphan-page', 'page_title')).toEqual(['Hub']);
    world.addLabel(hub, 'evergreen', ann);
    await tenant.night({ full: true });
    expect(await found(tenant, 'orphan-page', 'page_title')).toEqual([]);
  });
});
