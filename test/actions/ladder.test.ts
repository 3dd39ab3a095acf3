import { expect, it } from 'vitest';
import connectionLost from '../../src/simulator/faults/connection-lost.ts';
import deliveredTwice from '../../src/simulator/faults/delivered-twice.ts';
import meanwhile from '../../src/simulator/faults/meanwhile.ts';
import { shelf } from '../audit/shelf.ts';
import { eachNightShift, lines, type NightShift } from '../night-shift.ts';
import { byHand } from './by-hand.ts';

const LADDER = [
  {
    name: 'stale',
    match: { rule: 'stale-runbook' },
    do: [
      { label: 'docaudit-stale' },
      { comment: 'stale-owner', after: '14d', cooldown: '7d' },
      { archive: true, after: '60d' },
    ],
  },
];
const POST = 'POST /wiki/api/v2/footer-comments';

async function site(shift: NightShift, options: Parameters<typeof shelf>[1] = {}) {
  const shelved = shelf(shift.clock, { runbooks: 1, ...options });
  const tenant = await shift.tenant(shelved.world, { actions: LADDER });
  const [page = ''] = shelved.stale;
  const comments = () => shelved.world.commentsOf(page).map(({ body }) => body);
  const pass = async (days: number) => {
    shift.clock.pass({ days });
    return tenant.night();
  };
  return { ...shelved, tenant, page, comments, pass };
}

eachNightShift('a ladder', (shift) => {
  it('gives its whole grace to a page that was stale long before: label, comment, archive', async () => {
    const { world, tenant, page, comments, pass, ann } = await site(shift);
    await tenant.night();
    expect(world.labelsOf(page)).toEqual(['docaudit-stale']);
    await pass(13);
    expect(comments()).toEqual([]);
    await pass(1);
    const [comment = ''] = comments();
    expect(comment).toContain(`ri:account-id="${ann}"`);
    expect(comment).toContain('(stale-runbook)');
    expect(comment).toMatch(
      /the page is archived on or after <time datetime="2027-01-01" \/>, once a person has approved it/,
    );
    expect(comment).toContain('reviewed-YYYY-MM-DD');
    expect(comment).toContain('docaudit-exempt');

    // 46 days after the comment, and never without a name.
    await pass(45);
    expect(lines(await tenant.view('planned_actions'), 'action')).toEqual([]);
    await pass(1);
    const planned = await tenant.view('planned_actions');
    expect(lines(planned, 'action state undoable needs_approval')).toEqual(['archive | planned | false | true']);
    expect(world.contents.get(page)?.status).toBe('current');
    expect(await byHand(shift, tenant).apply()).toMatchObject({ outcome: 'complete', done: 1 });
    expect(world.contents.get(page)?.status).toBe('archived');

    // What stood on it stays with it, and is not tried again.
    await pass(7);
    const ledger = lines(await tenant.view('executed_actions'), 'action state').toSorted();
    expect(ledger.filter((line) => !line.startsWith('update'))).toEqual([
      'add-comment | stranded',
      'add-label | stranded',
      'archive | done',
    ]);
    const { runId } = await byHand(shift, tenant).undo(
      (await tenant.view('executed_actions')).find((row) => row['action'] === 'archive')?.['run_id'],
    );
    expect(runId).not.toBeNull();
  });

  it('keeps one comment a page, brings it up to date after its cool-down, and settles it', async () => {
    const { page, comments, pass, edit, world, tenant } = await site(shift);
    await tenant.night();
    await pass(14);
    const [first = ''] = comments();
    await pass(3);
    expect(comments()).toEqual([first]);
    await pass(4);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).not.toBe(first);
    edit(page);
    await pass(1);
    expect(comments()).toEqual([expect.stringContaining('has been settled')]);
    expect(world.labelsOf(page)).toEqual([]);
    tenant.asked();
    await pass(1);
    expect(tenant.asked().filter((asked) => asked.includes('footer-comments') && !asked.startsWith('GET'))).toEqual([]);
  });

  it('does not comment again where somebody deleted the comment twice, and says so', async () => {
    const { page, comments, pass, world, tenant } = await site(shift);
    await tenant.night();
    await pass(14);
    for (let times = 0; times < 2; times += 1) {
      for (const { id } of world.commentsOf(page)) world.deleteComment(id);
      // The next change of the comment finds that it is gone.
      await pass(8);
      await pass(1);
    }
    expect(comments()).toEqual([]);
    await pass(30);
    expect(comments()).toEqual([]);
    const outcomes = lines(await tenant.view('executed_actions'), 'outcome');
    expect(outcomes).toContain(
      'The comment was added and taken off again, as before: it is suppressed and not put there any more.',
    );
  });

  it('posts a comment once, whatever becomes of the answer', async () => {
    const { page, comments, pass, tenant } = await site(shift);
    await tenant.night();
    tenant.site.faults.strike(connectionLost, { at: POST });
    tenant.asked();
    await pass(14);
    await pass(1);
    expect(comments()).toHaveLength(1);
    expect(tenant.asked().filter((asked) => asked === POST)).toEqual([POST]);
    expect(page).not.toBe('');
  });

  it('deletes its comment in an undo, unless somebody answered it', async () => {
    const { page, comments, pass, world, ann, tenant } = await site(shift);
    await tenant.night();
    const { runId } = await pass(14);
    const [ours] = world.commentsOf(page);
    world.addComment(page, { by: ann, at: shift.clock.now(), parentId: ours?.id ?? '', body: '<p>Soon.</p>' });
    expect(await byHand(shift, tenant).undo(runId)).toMatchObject({ done: 0, skipped: 1 });
    expect(comments()).toHaveLength(2);
  });
});

eachNightShift('an action that takes pages away', (shift) => {
  it('is left out of the plan where the site does not archive, where pages lie below, and on a home page', async () => {
    const { world, tenant, page } = await site(shift, { edition: 'free' });
    tenant.configure({ actions: [{ name: 'a', match: { rule: 'stale-runbook' }, do: [{ archive: true }] }] });
    expect(await tenant.night({ mode: 'plan' })).toMatchObject({ outcome: 'complete', planId: null });
    tenant.configure({ actions: [{ name: 'a', match: { rule: 'stale-runbook' }, do: [{ trash: true }] }] });
    world.addPage({
      space: 'OPS',
      title: 'Below',
      by: world.contents.get(page)?.authorId ?? '',
      at: shift.clock.now(),
      parentId: page,
      body: '<p>.</p>',
    });
    expect(await tenant.night({ mode: 'plan' })).toMatchObject({ outcome: 'complete', planId: null });
  });

  it('moves to the trash with an approval, and an undo takes the page back to where it was', async () => {
    const { world, tenant, page, home } = await site(shift);
    tenant.configure({ actions: [{ name: 't', match: { rule: 'stale-runbook' }, do: [{ trash: true }] }] });
    expect(await tenant.night()).toMatchObject({ writesPlanned: 1, writesDone: 0 });
    const applied = await byHand(shift, tenant).apply();
    expect(world.contents.get(page)?.status).toBe('trashed');
    expect(await byHand(shift, tenant).undo(applied.runId)).toMatchObject({ outcome: 'complete', done: 1 });
    expect(world.contents.get(page)).toMatchObject({ status: 'current', parentId: home });
    // Our own version is no sign of life, and what was undone is not done again.
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ writesPlanned: 0 });
    expect(lines(await tenant.view('stale_runbooks'), 'page_title fresh_because')).toEqual(['Runbook 1 | created']);
  });

  it('marks with a content property where a site wants no labels, and takes it off again', async () => {
    const { world, tenant, page, edit } = await site(shift);
    tenant.configure({
      actions: [{ name: 'p', match: { rule: 'stale-runbook' }, do: [{ property: 'docaudit-stale' }] }],
    });
    expect(await tenant.night()).toMatchObject({ writesDone: 1 });
    expect([...(world.contents.get(page)?.properties.keys() ?? [])]).toEqual(['docaudit-stale']);
    expect(await tenant.night()).toMatchObject({ writesPlanned: 0 });
    edit(page);
    expect(await tenant.night()).toMatchObject({ writesDone: 1 });
    expect([...(world.contents.get(page)?.properties.keys() ?? [])]).toEqual([]);
  });

  it.each([
    ['that the network delivers twice is ours', 'done', 'The site refused it as a conflict; read back: it happened.'],
    ['that somebody else puts there first stays theirs', 'skipped', 'Somebody else wrote at the same moment.'],
  ])('its content property %s', async (_, state, outcome) => {
    const { world, ann, stale } = shelf(shift.clock, { runbooks: 1 });
    const actions = [{ name: 'broken', match: { rule: 'stale-runbook' }, do: [{ property: 'docaudit-stale' }] }];
    const tenant = await shift.tenant(world, { actions });
    const [page = ''] = stale;
    const at = 'POST /wiki/api/v2/pages/{id}/properties';
    const happens = (): void => world.setProperty(page, 'docaudit-stale', { value: 1, by: ann, at: shift.clock.now() });
    if (state === 'done') tenant.site.faults.strike(deliveredTwice, { at });
    else tenant.site.faults.strike(meanwhile, { at, happens });
    await tenant.night();
    expect(await tenant.view('executed_actions')).toMatchObject([{ state, outcome }]);
    expect(world.content(page).properties.get('docaudit-stale')).toMatchObject({ version: 1 });
  });
});
