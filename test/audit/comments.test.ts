import { z } from 'zod';
import { expect, it } from 'vitest';
import { defineRule } from '../../src/domain/rule.ts';
import { eachNightShift, lines, type Tenant } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const LIST = 'GET /wiki/api/v2/inline-comments';

/** Repeats what a rule sees of the comments of each page. */
const probe = defineRule({
  id: 'unresolved-comments',
  title: 'Comments as they are seen',
  why: 'For the test.',
  severity: 'low',
  remediation: 'None.',
  explanation: [],
  example: '',
  appliesTo: 'pages',
  options: z.looseObject({}),
  needs: ['comments'],
  *check({ comments }) {
    if (comments === null) yield { status: 'skip', reason: 'Not read.' };
    else if (comments.length > 0)
      yield {
        reason: `${comments.map(({ resolution, createdAt }) => `${resolution} since ${createdAt.slice(0, 10)}`).join(', ')}.`,
      };
  },
});

const seen = async (tenant: Tenant): Promise<string[]> =>
  lines(
    (await tenant.view('open_findings')).filter((row) => row['rule_id'] === probe.id),
    'reason',
  );

eachNightShift('comments', (shift) => {
  const open = async () => {
    const made = shelf(shift.clock, { runbooks: 2 });
    const { world, ben, stale } = made;
    const ask = (pageId: string, days: number) =>
      world.addComment(pageId, { selection: 'Go', by: ben, at: shift.clock.ago(days) }).id;
    const tenant = await shift.tenant(world, { rules: { 'unresolved-comments': {} } });
    const night = () => tenant.night({ rules: [probe] });
    return { ...made, tenant, night, ask, page: stale[0] ?? '' };
  };
  const day = (days: number): string => shift.clock.ago(days).toISOString().slice(0, 10);

  it('are not asked for unless a rule needs them', async () => {
    const tenant = await shift.tenant(shelf(shift.clock).world, { rules: { 'unresolved-comments': 'off' } });
    await tenant.night({ rules: [probe] });
    expect(tenant.asked()).not.toContain(LIST);
  });

  it('reach the rules with their state, without replies and remarks below the text, in one list for the site', async () => {
    const { world, tenant, night, ask, page, ben } = await open();
    const first = ask(page, 40);
    const second = ask(page, 30);
    world.settleComment(second, 'resolved', ben, shift.clock.ago(20));
    world.addComment(page, { parentId: first, by: ben, at: shift.clock.ago(10) });
    world.addComment(page, { by: ben, at: shift.clock.ago(9) });
    expect(await night()).toMatchObject({ outcome: 'complete' });
    expect(await seen(tenant)).toEqual([`open since ${day(40)}, resolved since ${day(30)}.`]);
    expect(tenant.asked().filter((template) => template.includes('comments'))).toEqual([LIST]);
  });

  it('follow what happens to them: edited, settled, deleted, and back', async () => {
    const { world, tenant, night, ask, page, ben } = await open();
    const kept = ask(page, 40);
    const lost = ask(page, 30);
    await night();
    world.editComment(kept, '<p>Really?</p>', shift.clock.now());
    world.settleComment(kept, 'reopened', ben, shift.clock.now());
    world.deleteComment(lost);
    expect(await night()).toMatchObject({ outcome: 'complete' });
    // An edit makes a question no younger.
    expect(await seen(tenant)).toEqual([`reopened since ${day(40)}.`]);
    world.deleteComment(kept);
    expect(await night()).toMatchObject({ outcome: 'complete', findingsResolved: 1 });
    const rows = await shift
      .database()
      .superuser('select count(*)::int as n from audit.comment where tenant_id = $1 and gone_at is not null', [
        tenant.id,
      ]);
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('that may not be read cost their rules and not the night', async () => {
    const { tenant, night, ask, page } = await open();
    ask(page, 40);
    await night();
    const before = await seen(tenant);
    tenant.site.faults.next(() => ({ status: 403, body: { message: 'no' } }), 9, LIST);
    expect(await night()).toMatchObject({ outcome: 'partial', reason: 'forbidden', findingsResolved: 0 });
    expect(lines(await tenant.view('unjudged'), 'status reason')).toContain('skip | Not read.');
    expect(await seen(tenant)).toEqual(before);
    tenant.site.faults.clear();
    expect(await night()).toMatchObject({ outcome: 'complete' });
  });
});
