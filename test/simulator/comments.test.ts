import { describe, expect, test } from 'vitest';
import { daysAgo, idsOf, smallSite } from './small-site.ts';

const SITE = '/wiki/api/v2/inline-comments';

async function discussed() {
  const small = await smallSite();
  const { world, pages, ines, audit } = small;
  const by = ines.accountId;
  const at = daysAgo(30);
  const question = world.addComment(pages.runbook.id, { selection: 'Drain', by, at, body: '<p>How?</p>' });
  const reply = world.addComment(pages.runbook.id, { parentId: question.id, by: audit.accountId, at: daysAgo(29) });
  const thanks = world.addComment(pages.runbook.id, { by, at: daysAgo(2) });
  const unseen = world.addComment(pages.secret.id, { selection: 'Minutes', by, at });
  return { ...small, question, reply, thanks, unseen, of: `/wiki/api/v2/pages/${pages.runbook.id}` };
}

test('site-wide lists hold replies too, and only what the caller may read', async () => {
  const { ask, asInes, question, reply, thanks, unseen } = await discussed();
  expect(idsOf(await ask(SITE))).toEqual([question.id, reply.id]);
  expect(idsOf(await ask('/wiki/api/v2/footer-comments'))).toEqual([thanks.id]);
  expect(idsOf(await ask(SITE, { as: asInes }))).toEqual([question.id, reply.id, unseen.id]);
});

test('the list of a page leaves replies out and can be narrowed to a resolution', async () => {
  const { ask, world, question, of, ines, thanks, unseen } = await discussed();
  expect(idsOf(await ask(`${of}/inline-comments`))).toEqual([question.id]);
  expect(idsOf(await ask(`${of}/footer-comments`))).toEqual([thanks.id]);
  world.settleComment(question.id, 'dangling', ines.accountId, daysAgo(1));
  expect(idsOf(await ask(`${of}/inline-comments?resolution-status=open,reopened`))).toEqual([]);
  expect(idsOf(await ask(`${of}/inline-comments?resolution-status=dangling`))).toEqual([question.id]);
  expect((await ask(`/wiki/api/v2/pages/${unseen.containerId}/inline-comments`)).status).toBe(404);
});

describe('a comment', () => {
  test('names its page, its passage under both names, and its parent', async () => {
    const { ask, question, reply, pages, ines } = await discussed();
    const [first, second] = (await ask(`${SITE}?body-format=storage`)).body.results;
    expect(first).toMatchObject({
      id: question.id,
      status: 'current',
      title: 'Re: Queue runbook',
      pageId: pages.runbook.id,
      resolutionStatus: 'open',
      version: { number: 1, authorId: ines.accountId, createdAt: daysAgo(30).toISOString() },
      properties: { inlineOriginalSelection: 'Drain', 'inline-original-selection': 'Drain' },
      body: { storage: { value: '<p>How?</p>' } },
    });
    expect(first._links.webui).toMatch(/Queue\+runbook\?focusedCommentId=\d+$/);
    expect(first).not.toHaveProperty('parentCommentId');
    expect(first).not.toHaveProperty('resolutionLastModifiedAt');
    expect(second).toMatchObject({ id: reply.id, parentCommentId: question.id });
  });

  test('tells when it was settled and when it was edited', async () => {
    const { ask, world, question, audit } = await discussed();
    world.settleComment(question.id, 'resolved', audit.accountId, daysAgo(4));
    world.editComment(question.id, '<p>Now how?</p>', daysAgo(3));
    const [first] = (await ask(SITE)).body.results;
    expect(first).toMatchObject({
      resolutionStatus: 'resolved',
      resolutionLastModifierId: audit.accountId,
      resolutionLastModifiedAt: daysAgo(4).toISOString(),
      version: { number: 2, createdAt: daysAgo(3).toISOString() },
    });
    expect(first).not.toHaveProperty('body');
  });

  test('goes with its replies, and with its page', async () => {
    const { ask, world, question, pages } = await discussed();
    world.deleteComment(question.id);
    expect(idsOf(await ask(SITE))).toEqual([]);
    world.purgePage(pages.runbook.id);
    expect(idsOf(await ask('/wiki/api/v2/footer-comments'))).toEqual([]);
  });
});

test('inline comments come with a warning and with a Link header that begins with a deprecation', async () => {
  const { ask } = await discussed();
  const { headers } = await ask(`${SITE}?limit=1`);
  expect(headers.get('warning')).toMatch(/^299 /);
  expect(headers.get('link')).toMatch(/^<https:[^>]+>; rel="deprecation", <\/wiki\/api[^>]+>; rel="next", /);
});
