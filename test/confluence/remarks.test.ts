import { describe, expect, it } from 'vitest';
import { createAuthorize } from '../../src/confluence/auth.ts';
import { collect } from '../../src/confluence/paginate.ts';
import { demoWorlds } from '../../src/simulator/seed.ts';
import { startSite } from '../../src/simulator/server.ts';
import { json, startScripted } from './scripted-server.ts';
import { createTestClient } from './test-client.ts';

const VERSION = { number: 2, createdAt: '2026-05-04T09:30:00.125Z', authorId: 'aaid:1', minorEdit: false };
const COMMENT = { id: '80100', status: 'current', title: 'Re: x', version: { ...VERSION, message: '' }, _links: {} };
const TASK = {
  id: '9',
  localId: '1',
  spaceId: '61200',
  status: 'incomplete',
  createdBy: 'aaid:1',
  createdAt: '2026-05-04T09:30:00.125Z',
  dueAt: null,
  body: null,
};

async function answering(results: unknown[]) {
  const server = await startScripted((_, response) => json(response, 200, { results, _links: {} }));
  const client = createTestClient(server.site);
  return {
    confluence: client.confluence,
    targets: () => server.received.map(({ target }) => decodeURIComponent(target)),
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('comments', () => {
  it('stand on a page or a blog post; those on attachments are left aside', async () => {
    await using site = await answering([
      { ...COMMENT, pageId: '1', resolutionStatus: 'brand-new', resolutionLastModifiedAt: '2026-05-05T00:00:00.000Z' },
      { ...COMMENT, id: '80101', blogPostId: '2', parentCommentId: '80100' },
      { ...COMMENT, id: '80102', attachmentId: 'att3' },
    ]);
    const page = await site.confluence.inlineComments({});
    expect(page).toMatchObject({ received: 3, invalid: [] });
    expect(page.items).toEqual([
      {
        id: '80100',
        pageId: '1',
        kind: 'inline',
        parentId: null,
        status: 'current',
        resolution: 'brand-new',
        resolvedAt: '2026-05-05T00:00:00.000Z',
        version: VERSION,
      },
      expect.objectContaining({ id: '80101', pageId: '2', parentId: '80100', resolution: null, resolvedAt: null }),
    ]);
  });

  it('are asked for by page or for the whole site, in the order of creation', async () => {
    await using site = await answering([]);
    await site.confluence.inlineComments({ cursor: 'abc' });
    await site.confluence.footerComments({});
    await site.confluence.inlineComments({ pageId: '7' });
    await site.confluence.footerComments({ pageId: '7' });
    expect(site.targets()).toEqual([
      '/wiki/api/v2/inline-comments?sort=created-date&limit=250&cursor=abc',
      '/wiki/api/v2/footer-comments?sort=created-date&limit=250',
      '/wiki/api/v2/pages/7/inline-comments?sort=created-date&limit=250',
      '/wiki/api/v2/pages/7/footer-comments?sort=created-date&limit=250',
    ]);
  });
});

describe('tasks', () => {
  it('are asked for by space, page and status', async () => {
    await using site = await answering([
      { ...TASK, pageId: '1' },
      { ...TASK, blogPostId: 2, dueAt: 1_780_000_000_000 },
      TASK,
    ]);
    const { items, invalid } = await site.confluence.tasks({
      spaceIds: ['61200'],
      pageIds: ['1'],
      status: 'incomplete',
    });
    expect(invalid).toEqual([]);
    expect(items.map(({ pageId, dueAt, assignedTo }) => [pageId, dueAt, assignedTo])).toEqual([
      ['1', null, null],
      ['2', '2026-05-28T20:26:40.000Z', null],
    ]);
    expect(site.targets()).toEqual(['/wiki/api/v2/tasks?space-id=61200&page-id=1&status=incomplete&limit=250']);
  });

  it('of no space and of no page are none', async () => {
    await using site = await answering([{ ...TASK, pageId: '1' }]);
    expect((await site.confluence.tasks({ spaceIds: [] })).items).toEqual([]);
    expect((await site.confluence.tasks({ pageIds: [] })).items).toEqual([]);
    expect((await site.confluence.blogPostsInSpaces({ spaceIds: [] })).items).toEqual([]);
    expect(site.targets()).toEqual([]);
  });
});

it('permissions may be held by principals that nobody knew', async () => {
  const operation = { key: 'read', targetType: 'space' };
  const row = { id: '5', principal: { type: 'access-class', id: 'ALL_LICENSED_USERS' }, operation };
  await using site = await answering([row, { ...row, principal: { type: 'group' } }]);
  const page = await site.confluence.spacePermissions({ spaceId: '61200' });
  expect(page.items).toEqual([{ id: '5', principal: row.principal, operation: 'read', target: 'space' }]);
  expect(page.invalid).toEqual([{ id: '5', why: 'principal.id: invalid_type' }]);
  expect(site.targets()).toEqual(['/wiki/api/v2/spaces/61200/permissions?limit=250']);
});

it('the id of a group is sent only where it looks like one', async () => {
  await using site = await answering([]);
  await site.confluence.groupMembers('35e417ad-bcb1-45fe-9be0-959239a84327');
  await expect(site.confluence.groupMembers('../user')).rejects.toMatchObject({ code: 'request-refused' });
  expect(site.targets()).toEqual([
    '/wiki/rest/api/group/35e417ad-bcb1-45fe-9be0-959239a84327/membersByGroupId?start=0&limit=200',
  ]);
});

it('everything of this kind that a simulated site has is read, page by page', async () => {
  const now = new Date('2026-06-01T08:00:00.000Z');
  const [demo] = demoWorlds({ now });
  if (demo === undefined) throw new Error('no demo world');
  const { world, crew, traps } = demo;
  const site = await startSite({ world, now: () => now });
  await using client = createTestClient(site.url, {
    authorize: createAuthorize({ type: 'basic', email: demo.email, token: demo.token }),
  });
  const { confluence } = client;

  const inline = await collect((cursor) => confluence.inlineComments({ cursor }));
  const said = new Map(inline.map((comment) => [comment.id, comment]));
  const names = ['oldQuestion', 'freshQuestion', 'settledQuestion', 'reopenedQuestion', 'danglingQuestion'];
  expect(names.map((name) => said.get(traps[name] ?? '')?.resolution)).toEqual([
    'open',
    'open',
    'resolved',
    'reopened',
    'dangling',
  ]);
  expect(said.get(traps['replyToQuestion'] ?? '')?.parentId).toBe(traps['oldQuestion']);
  expect(said.has(traps['unseenQuestion'] ?? '')).toBe(false);
  const footer = await collect((cursor) => confluence.footerComments({ cursor }));
  expect(footer.length).toBeGreaterThan(10);

  const spaceIds = [...world.spaces.keys()];
  const tasks = await collect((cursor) => confluence.tasks({ spaceIds, cursor }));
  const late = tasks.filter(({ status, dueAt }) => status === 'incomplete' && Date.parse(dueAt ?? '') < now.getTime());
  expect(tasks.length).toBeGreaterThan(250);
  expect(late.length).toBeGreaterThan(20);
  expect(tasks.filter(({ completedAt }) => completedAt !== null).length).toBeGreaterThan(20);

  const posts = await collect((cursor) => confluence.blogPostsInSpaces({ spaceIds, withBody: true, cursor }));
  expect(posts).toHaveLength(18);
  expect(new Set(posts.map((post) => `${post.contentType} ${post.ownerId} ${typeof post.body}`))).toEqual(
    new Set(['blogpost null string']),
  );

  const permissions = await collect((cursor) =>
    confluence.spacePermissions({ spaceId: world.space('OPS').id, cursor }),
  );
  expect(permissions).toContainEqual(
    expect.objectContaining({ principal: { type: 'access-class', id: 'ALL_LICENSED_USERS' }, operation: 'read' }),
  );
  const members = await confluence.groupMembers(crew.onCall.id);
  expect(new Set(members.map(({ id }) => id))).toEqual(crew.onCall.members);
  expect(site.refused).toEqual([]);
  await site.close();
});
