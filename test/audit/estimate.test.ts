import { expect, it } from 'vitest';
import { eachNightShift, lines } from '../night-shift.ts';
import { shelf } from './shelf.ts';

eachNightShift('the estimate of a run', (shift) => {
  it('is a lower bound on a first night, and what it takes on a second', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 3, others: 300 });
    const folder = world.addFolder({ space: 'DOCS', title: 'Folder', by: ann, at: shift.clock.ago(90) }).id;
    world.addPage({ space: 'DOCS', title: 'In it', by: ann, at: shift.clock.ago(90), parentId: folder });
    const tenant = await shift.tenant(world, { readers: { onCallGroups: ['sre-oncall'] } });
    const first = await tenant.night({ mode: 'audit' });
    expect(first.estimate).toMatchObject({ contentKnown: false });
    expect(first.estimate?.requests).toBeLessThanOrEqual(first.requests);

    const second = await tenant.night({ mode: 'audit' });
    expect(second.estimate).toMatchObject({ contentKnown: true, requests: second.requests });
    expect(shift.log.some((line) => line.includes(`"estimated":${second.requests}`))).toBe(true);

    // After a week accounts are asked for again.
    shift.clock.pass({ days: 8 });
    const third = await tenant.night({ mode: 'audit' });
    expect(third.estimate).toMatchObject({ requests: third.requests });
    expect(third.requests).toBe(second.requests + 1);
    expect(lines(await tenant.view('run_log'), 'requests estimated_requests')).toEqual([
      `${third.requests} | ${third.requests}`,
      `${second.requests} | ${second.requests}`,
      `${first.requests} | -`,
    ]);
  });

  it('counts every body with --full, and blog posts where the settings ask for them', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 3, others: 260 });
    world.addBlogPost({ space: 'OPS', title: 'News', by: ann, at: shift.clock.ago(30), body: '<p>So.</p>' });
    const tenant = await shift.tenant(world, { content: ['page', 'blogpost'] });
    await tenant.night({ mode: 'audit' });
    const full = await tenant.night({ mode: 'audit', full: true });
    expect(full.estimate).toMatchObject({ contentKnown: true, requests: full.requests });
    const one = await tenant.night({ mode: 'audit', onlySpaces: ['DOCS'] });
    expect(one.estimate?.requests).toBe(one.requests);
  });
});
