import { expect, it } from 'vitest';
import { accept } from '../../jobs/coverage.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { eachNightShift, lines, type Tenant } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const drops = async (tenant: Tenant) =>
  lines(
    (await tenant.view('open_findings')).filter((row) => row['rule_id'] === 'coverage-dropped'),
    'space_key page_id reason',
  );
const LOST = 'OPS | - | 5 pages of space OPS are not visible any more; 2 were seen.';

eachNightShift('coverage that drops', (shift) => {
  const lose = async () => {
    const wiki = shelf(shift.clock, { runbooks: 6 });
    const tenant = await shift.tenant(wiki.world, { mode: 'audit' });
    await tenant.night();
    expect(await drops(tenant)).toEqual([]);
    for (const id of wiki.stale.slice(0, 5)) wiki.world.hidePageFrom(id, tenant.auditor);
    expect(await tenant.night()).toMatchObject({ outcome: 'partial', findingsNew: { high: 1 } });
    expect(await drops(tenant)).toEqual([LOST]);
    return { ...wiki, tenant };
  };

  it('is a finding until the pages are back, also over a night that could read nothing', async () => {
    const { world, tenant } = await lose();
    world.revokeToken('auditor@example.com');
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', findingsNew: { high: 0 } });
    expect(await drops(tenant)).toEqual([LOST]);
  });

  it('resolves when the pages are visible again', async () => {
    const { world, stale, tenant } = await lose();
    for (const id of stale) world.showPageTo(id, tenant.auditor);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 1 });
    expect(await drops(tenant)).toEqual([]);
  });

  it('resolves when somebody says that it is meant', async () => {
    const { tenant } = await lose();
    const { store } = shift.database();
    await accept({ store, acting: createActing(shift.clock) }, { tenant: tenant.id, reason: 'Moved', by: 'jdoe' });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    expect(await drops(tenant)).toEqual([]);
  });

  it('is found where the settings expect more than is there, and resolves with the settings', async () => {
    const { world, stale, home } = shelf(shift.clock, { runbooks: 2 });
    const [seen = ''] = stale;
    const expects = { spaces: ['ops', 'GONE'], minPages: { OPS: 9, DOCS: 0 }, pages: [seen, home, '424242'] };
    const tenant = await shift.tenant(world, { mode: 'audit', expect: expects });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    const found = [
      'GONE | - | The settings expect the space GONE, and the account does not see it.',
      'OPS | - | The settings expect at least 9 pages in space OPS, and 3 were seen.',
      '- | - | The settings expect the page 424242, and the audit did not see it.',
    ];
    expect(await drops(tenant)).toEqual(found);
    // A command for one space says nothing of the others.
    await tenant.night({ onlySpaces: ['DOCS'] });
    expect(await drops(tenant)).toEqual(found);
    tenant.configure({ mode: 'audit', expect: { ...expects, spaces: ['OPS'], minPages: { OPS: 3 }, pages: [seen] } });
    await tenant.night();
    expect(await drops(tenant)).toEqual([]);
    world.trashPage(seen);
    await tenant.night();
    expect((await drops(tenant)).join('\n')).toContain(`the page ${seen}`);
  });
});
