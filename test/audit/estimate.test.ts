import { expect, it } from 'vitest';
import { nightShiftOnServer, lines } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const COUNT = 'GET /wiki/rest/api/search';

nightShiftOnServer('the estimate of a run', (shift) => {
  it('goes by what the site says of itself on a first night, and is what it takes on a second', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 3, others: 300 });
    const folder = world.addFolder({ space: 'DOCS', title: 'Folder', by: ann, at: shift.clock.ago(90) }).id;
    world.addPage({ space: 'DOCS', title: 'In it', by: ann, at: shift.clock.ago(90), parentId: folder });
    const tenant = await shift.tenant(world, { readers: { onCallGroups: ['sre-oncall'] } });
    const first = await tenant.night({ mode: 'audit' });
    // How many accounts there are could not be known.
    expect(first.estimate).toMatchObject({ countedBy: 'site', requests: first.requests - 1 });

    const second = await tenant.night({ mode: 'audit' });
    expect(second.estimate).toMatchObject({ countedBy: 'inventory', requests: second.requests });
    expect(shift.log.some((line) => line.includes(`"estimated":${second.requests}`))).toBe(true);

    // After a week accounts are asked for again.
    shift.clock.pass({ days: 8 });
    const third = await tenant.night({ mode: 'audit' });
    expect(third.estimate).toMatchObject({ requests: third.requests });
    expect(third.requests).toBe(second.requests + 1);
    expect(lines(await tenant.view('run_log'), 'requests estimated_requests')).toEqual([
      `${third.requests} | ${third.requests}`,
      `${second.requests} | ${second.requests}`,
      `${first.requests} | ${first.requests - 1}`,
    ]);
  });

  it('counts every body with --full, and blog posts where the settings ask for them', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 3, others: 260 });
    world.addBlogPost({ space: 'OPS', title: 'News', by: ann, at: shift.clock.ago(30), body: '<p>So.</p>' });
    const tenant = await shift.tenant(world, { content: ['page', 'blogpost'] });
    await tenant.night({ mode: 'audit' });
    const full = await tenant.night({ mode: 'audit', full: true });
    expect(full.estimate).toMatchObject({ countedBy: 'inventory', requests: full.requests });
    const one = await tenant.night({ mode: 'audit', onlySpaces: ['DOCS'] });
    expect(one.estimate?.requests).toBe(one.requests);
  });

  it('is a lower bound where the site does not say how much it holds, and counting is tried once', async () => {
    const { world } = shelf(shift.clock, { runbooks: 3, others: 300 });
    const tenant = await shift.tenant(world, { limits: { requestsPerRun: 5 } });
    tenant.site.faults.next(() => ({ status: 403, body: { message: 'No.', statusCode: 403 } }), 1, COUNT);
    const first = await tenant.night({ mode: 'audit' });
    expect(first).toMatchObject({ outcome: 'partial', reason: 'budget', estimate: { countedBy: null } });
    expect(first.estimate?.requests).toBeLessThanOrEqual(5);
    tenant.configure({});
    tenant.asked();
    expect(await tenant.night({ mode: 'audit' })).toMatchObject({ outcome: 'complete', estimate: { countedBy: null } });
    expect(tenant.asked()).not.toContain(COUNT);
  });
});
