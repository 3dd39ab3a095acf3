import { describe, expect, test } from 'vitest';
import { only } from '../../src/simulator/world/spaces.ts';
import { daysAgo, idsOf, NOW, smallSite } from './small-site.ts';

const COMMENTS = '/wiki/api/v2/footer-comments';
const body = (value: string) => ({ representation: 'storage', value });

async function commented() {
  const small = await smallSite();
  const { ask, pages } = small;
  const add = (json: object, as?: string) =>
    ask(COMMENTS, { method: 'POST', json, ...(as === undefined ? {} : { as }) });
  const made = await add({ pageId: pages.runbook.id, body: body('<p>Mind the queue.</p>') });
  const one = `${COMMENTS}/${made.body.id}`;
  const change = (number: number, value = '<p>Now.</p>', as?: string) =>
    ask(one, { method: 'PUT', json: { version: { number }, body: body(value) }, ...(as === undefined ? {} : { as }) });
  return { ...small, add, made, one, change };
}

test('a comment is made, read with its text, listed on its page, and makes no version of it', async () => {
  const { ask, made, one, pages, world, audit } = await commented();
  expect(made).toMatchObject({
    status: 201,
    body: { pageId: pages.runbook.id, status: 'current', version: { number: 1, authorId: audit.accountId } },
  });
  expect((await ask(`${one}?body-format=storage`)).body).toMatchObject({
    id: made.body.id,
    body: { storage: { value: '<p>Mind the queue.</p>' } },
    version: { createdAt: NOW.toISOString() },
  });
  expect((await ask(one)).body).not.toHaveProperty('body');
  expect(idsOf(await ask(`/wiki/api/v2/pages/${pages.runbook.id}/footer-comments`))).toEqual([made.body.id]);
  expect(world.versionsOf(pages.runbook.id)).toHaveLength(1);
});

test('a blog post has comments of its own', async () => {
  const { add, ask, world, ines } = await commented();
  const post = world.addBlogPost({ space: 'OPS', title: 'News', by: ines.accountId, at: daysAgo(3) });
  const made = await add({ blogPostId: post.id, body: { storage: body('<p>Good.</p>') } });
  expect(made).toMatchObject({ status: 201, body: { blogPostId: post.id } });
  expect(idsOf(await ask(`/wiki/api/v2/blogposts/${post.id}/footer-comments`))).toEqual([made.body.id]);
  expect((await add({ pageId: post.id, body: body('<p>x</p>') })).status).toBe(404);
});

test('a change names the next version and is written under the name of who made it', async () => {
  const { ask, change, one, asInes, ines } = await commented();
  expect((await change(1)).status).toBe(409);
  expect((await change(3)).status).toBe(409);
  expect((await change(2, '<p>Hers.</p>', asInes)).body.version).toMatchObject({
    number: 2,
    authorId: ines.accountId,
  });
  expect((await change(2)).body.errors[0].title).toMatch(/Current version is: 2$/);
  expect((await ask(`${one}?body-format=storage`)).body.body.storage.value).toBe('<p>Hers.</p>');
});

test('replies hang below a comment and are listed there without their page', async () => {
  const { add, ask, made, one, asInes } = await commented();
  const reply = await add({ parentCommentId: made.body.id, body: body('<p>Done.</p>') }, asInes);
  const replies = await ask(`${one}/children?body-format=storage`);
  expect(idsOf(replies)).toEqual([reply.body.id]);
  expect(replies.body.results[0]).toMatchObject({ parentCommentId: made.body.id });
  expect(replies.body.results[0]).not.toHaveProperty('pageId');
  expect((await ask(`${COMMENTS}/4242/children`)).status).toBe(404);
});

test('a comment is deleted for good', async () => {
  const { ask, one } = await commented();
  expect((await ask(one, { method: 'DELETE' })).status).toBe(204);
  expect((await ask(one)).status).toBe(404);
  expect((await ask(one, { method: 'DELETE' })).status).toBe(404);
});

test('a comment lies in the trash with its page', async () => {
  const { ask, change, one, world, pages } = await commented();
  world.trashPage(pages.runbook.id);
  expect((await ask(one)).body.status).toBe('trashed');
  expect((await change(2)).status).toBe(404);
});

describe('what may not be written is answered as if it were not there:', () => {
  test('a page of a space whose editors the account is not one of', async () => {
    const { add, ask, change, one, world, pages, ines } = await commented();
    world.setSpaceAccess('OPS', { editors: only([ines.accountId]) });
    expect((await add({ pageId: pages.runbook.id, body: body('<p>x</p>') })).status).toBe(404);
    expect((await change(2)).status).toBe(404);
    expect((await ask(one, { method: 'DELETE' })).status).toBe(404);
    expect((await ask(one)).status).toBe(200);
  });

  test('an archived page; but not one that only its own list keeps from being edited', async () => {
    const { add, world, pages, ines } = await commented();
    const on = { pageId: pages.runbook.id, body: body('<p>x</p>') };
    world.setUpdateRestriction(pages.runbook.id, { users: [ines.accountId] });
    expect((await add(on)).status).toBe(201);
    world.archivePage(pages.runbook.id);
    expect((await add(on)).status).toBe(404);
  });
});

test.for([
  ['no place', { body: body('<p>x</p>') }],
  ['two places', { pageId: '1', blogPostId: '2', body: body('<p>x</p>') }],
  ['no body', { pageId: '1' }],
  ['a body in another format', { pageId: '1', body: { representation: 'wiki', value: 'x' } }],
  ['a key that is not known', { pageId: '1', spaceId: '2', body: body('<p>x</p>') }],
] as const)('a comment with %s is refused', async ([, json]) => {
  const { add } = await commented();
  expect((await add(json)).status).toBe(400);
});
