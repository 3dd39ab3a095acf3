import { expect, it } from 'vitest';
import { eachNightShift, lines, type Tenant } from '../night-shift.ts';
import { soundRunbook } from '../sound-runbook.ts';
import { shelf } from './shelf.ts';

const BLOG = { content: ['page', 'blogpost'] };

const stale = async (tenant: Tenant): Promise<string[]> =>
  lines(await tenant.view('stale_runbooks'), 'page_title content_type').toSorted();
const closed = async (tenant: Tenant): Promise<string[]> =>
  lines(await tenant.view('finding_history'), 'event').filter((event) => event !== 'opened');

eachNightShift('blog posts', (shift) => {
  /** A space with one stale runbook as a page and so many as blog posts. */
  const blog = (posts: number) => {
    const made = shelf(shift.clock, { runbooks: 1 });
    const { world, ann } = made;
    const at = shift.clock.ago(250);
    const ids = Array.from({ length: posts }, (_, index) => {
      const title = `Playbook ${index + 1}`;
      return world.addBlogPost({ space: 'OPS', title, by: ann, at, body: soundRunbook('<p>Go.</p>') }).id;
    });
    return { ...made, posts: ids };
  };
  it('are left alone, and cost nothing, unless the settings ask for them', async () => {
    const tenant = await shift.tenant(blog(1).world);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 2 });
    expect(await stale(tenant)).toEqual(['Runbook 1 | page']);
    expect(tenant.asked().filter((template) => template.includes('blogposts'))).toEqual([]);
  });

  it('are listed, judged and labelled like pages', async () => {
    const { world, ann, posts } = blog(2);
    world.addAttachment(posts[0] ?? '', {
      title: 'setup.exe',
      mediaType: 'application/x-msdownload',
      fileSize: 9,
      by: ann,
      at: shift.clock.ago(3),
    });
    world.editPage(posts[1] ?? '', {
      by: ann,
      at: shift.clock.ago(240),
      body: soundRunbook('<ac:image><ri:attachment ri:filename="gone.png"/></ac:image>'),
    });
    const tenant = await shift.tenant(world, BLOG);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 4, writesDone: 3 });
    expect(await stale(tenant)).toEqual(['Playbook 1 | blogpost', 'Playbook 2 | blogpost', 'Runbook 1 | page']);
    expect(lines(await tenant.view('attachment_findings'), 'rule_id page_title file_name')).toEqual([
      'dangerous-attachment | Playbook 1 | setup.exe',
      'missing-attachment | Playbook 2 | gone.png',
    ]);
    for (const id of posts) expect(world.labelsOf(id)).toEqual(['docaudit-stale']);
    expect(tenant.asked()).not.toContain('GET /wiki/api/v2/blogposts/{id}/labels');
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesChanged: 0, writesPlanned: 0 });
  });

  it('that search does not know yet, or that an app edited, are read one by one', async () => {
    const { world, posts } = blog(2);
    const bot = world.addAccount({ displayName: 'Bot', accountType: 'app' }).accountId;
    world.editPage(posts[0] ?? '', { by: bot, at: shift.clock.ago(1) });
    world.options.searchLagMs = 280 * 86_400_000;
    const tenant = await shift.tenant(world, BLOG);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 3 });
    expect(await stale(tenant)).toContain('Playbook 1 | blogpost');
    const asked = tenant.asked();
    expect(asked).toContain('GET /wiki/api/v2/blogposts/{id}/labels');
    expect(asked).toContain('GET /wiki/api/v2/blogposts/{id}/versions');
    expect(lines(await tenant.view('coverage'), 'space_key pages_seen degraded')).toContain('OPS | 4 | 2');
  });

  it('resolve their findings in the trash, and when one was purged', async () => {
    const { world, posts } = blog(3);
    const tenant = await shift.tenant(world, BLOG);
    await tenant.night();
    world.trashPage(posts[0] ?? '');
    world.purgePage(posts[1] ?? '');
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 2 });
    expect(await stale(tenant)).toEqual(['Playbook 3 | blogpost', 'Runbook 1 | page']);
  });

  it('that vanish all at once are lost visibility, however many pages are still there', async () => {
    const { world, posts, ann } = blog(3);
    for (let index = 0; index < 60; index += 1) {
      world.addPage({ space: 'OPS', title: `Note ${index}`, by: ann, at: shift.clock.ago(5) });
    }
    const tenant = await shift.tenant(world, BLOG);
    await tenant.night();
    for (const id of posts) world.hidePageFrom(id, tenant.auditor);
    expect(await tenant.night()).toMatchObject({ outcome: 'partial', reason: 'visibility-lost', findingsResolved: 0 });
    expect(await closed(tenant)).toEqual([]);
  });

  it('that the settings no longer ask for go out of scope, and come back with them', async () => {
    const { world, posts } = blog(2);
    const tenant = await shift.tenant(world, BLOG);
    await tenant.night();
    tenant.configure({});
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 2, findingsResolved: 0 });
    expect(await stale(tenant)).toEqual(['Runbook 1 | page']);
    expect(await closed(tenant)).toEqual(['out_of_scope', 'out_of_scope']);
    // What is not looked at is not written to either.
    expect(world.labelsOf(posts[0] ?? '')).toEqual(['docaudit-stale']);
    tenant.configure(BLOG);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 4 });
    expect(await stale(tenant)).toHaveLength(3);
  });
});
