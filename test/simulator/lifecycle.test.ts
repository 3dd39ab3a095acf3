import { expect, test } from 'vitest';
import { daysAgo, NOW, smallSite } from './small-site.ts';

async function binned() {
  const small = await smallSite();
  const { ask, pages } = small;
  const one = `/wiki/api/v2/pages/${pages.runbook.id}`;
  const put = (given: object, as?: string) =>
    ask(one, {
      method: 'PUT',
      json: {
        id: pages.runbook.id,
        status: 'current',
        title: 'Queue runbook',
        body: { representation: 'storage', value: '<p>Sent back.</p>' },
        version: { number: 2, message: 'Undone' },
        ...given,
      },
      ...(as === undefined ? {} : { as }),
    });
  return { ...small, one, put, trash: (as?: string) => ask(one, { method: 'DELETE', ...(as ? { as } : {}) }) };
}

test('a page in the trash keeps its text and loses its place', async () => {
  const { ask, one, trash } = await binned();
  expect((await trash()).status).toBe(204);
  expect((await ask(`${one}?status=trashed&body-format=storage`)).body).toMatchObject({
    status: 'trashed',
    parentId: null,
    version: { number: 1 },
    body: { storage: { value: '<p>Drain it.</p>' } },
  });
  expect((await trash()).status).toBe(404);
});

test('a blog post goes into the trash too', async () => {
  const { ask, world, ines } = await binned();
  const post = world.addBlogPost({ space: 'OPS', title: 'News', by: ines.accountId, at: daysAgo(3) });
  expect((await ask(`/wiki/api/v2/blogposts/${post.id}`, { method: 'DELETE' })).status).toBe(204);
  expect(world.content(post.id).status).toBe('trashed');
  expect((await ask(`/wiki/api/v2/pages/${post.id}`, { method: 'DELETE' })).status).toBe(404);
});

test('a page comes back as its next version with the text that it had, where it is put', async () => {
  const { put, trash, pages, world, audit } = await binned();
  await trash();
  const reply = await put({ parentId: pages.home.id });
  expect(reply).toMatchObject({
    status: 200,
    body: {
      status: 'current',
      parentId: pages.home.id,
      version: { number: 2, message: 'Undone', authorId: audit.accountId, createdAt: NOW.toISOString() },
      body: { storage: { value: '<p>Drain it.</p>' } },
    },
  });
  expect(world.versionsOf(pages.runbook.id)).toHaveLength(2);
  expect((await put({})).status).toBe(409);
});

test.for([
  ['at the version that it has', { version: { number: 1 } }, 409],
  ['two versions later', { version: { number: 3 } }, 409],
  ['without a version', { version: {} }, 409],
  ['under a parent that does not exist', { parentId: '4242' }, 404],
  ['in another space', { spaceId: '4242' }, 400],
  ['as another page', { id: '4242' }, 400],
  ['as a draft', { status: 'draft' }, 400],
] as const)('it does not come back %s', async ([, given, status]) => {
  const { put, trash, pages, world } = await binned();
  await trash();
  expect((await put(given)).status).toBe(status);
  expect(world.content(pages.runbook.id).status).toBe('trashed');
});

test('its title may be taken meanwhile', async () => {
  const { put, trash, world, ines } = await binned();
  await trash();
  world.addPage({ space: 'OPS', title: 'queue runbook', by: ines.accountId, at: daysAgo(1) });
  expect((await put({})).status).toBe(400);
});

test('a current page is edited by the same operation, an archived one is not', async () => {
  const { put, pages, world } = await binned();
  expect((await put({ title: 'Queue' })).body).toMatchObject({
    title: 'Queue',
    body: { storage: { value: '<p>Sent back.</p>' } },
  });
  world.archivePage(pages.runbook.id);
  expect((await put({ version: { number: 3 } })).status).toBe(400);
});

test('who may view and not edit is told that there is no such page', async () => {
  const { put, trash, pages, world, audit, asInes } = await binned();
  world.setUpdateRestriction(pages.runbook.id, { users: [audit.accountId] });
  expect((await trash(asInes)).status).toBe(404);
  expect((await put({}, asInes)).status).toBe(404);
  expect(world.content(pages.runbook.id)).toMatchObject({ status: 'current', parentId: pages.home.id });
});
