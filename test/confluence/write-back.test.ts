import { describe, expect, it } from 'vitest';
import type { Confluence } from '../../src/confluence/client.ts';
import { only } from '../../src/simulator/world/spaces.ts';
import type { WorldOptions } from '../../src/simulator/world/model.ts';
import { createAuthorize } from '../../src/confluence/auth.ts';
import { smallSite } from '../simulator/small-site.ts';
import { createTestClient } from './test-client.ts';

/** A simulated site, and a client of it that signs as the audit account. */
async function written(options: Partial<WorldOptions> = {}) {
  const small = await smallSite(options);
  const signedBy = (email: string, token: string) =>
    createTestClient(small.site.url, { authorize: createAuthorize({ type: 'basic', email, token }) });
  const client = signedBy('audit@small.example', 'secret');
  const hers = signedBy('ines@small.example', 'hers');
  return {
    ...small,
    confluence: client.confluence,
    hers: hers.confluence,
    async [Symbol.asyncDispose]() {
      expect(small.site.refused).toEqual([]);
      await client[Symbol.asyncDispose]();
      await hers[Symbol.asyncDispose]();
    },
  };
}

describe('a comment', () => {
  it('is made, found again, changed and removed, on a page and on a blog post', async () => {
    await using site = await written();
    const { confluence, pages, world, audit, ines, hers } = site;
    const post = world.addBlogPost({ space: 'OPS', title: 'News', by: ines.accountId, at: new Date(0) });
    for (const [id, type] of [[pages.runbook.id, 'page'] as const, [post.id, 'blogpost'] as const]) {
      const made = await confluence.addComment(id, type, '<p>One.</p>');
      const comment = { id: made.id, version: 1, authorId: audit.accountId, storage: '<p>One.</p>', pageId: id };
      expect(await confluence.commentsOn(id, type)).toEqual([{ ...comment, status: 'current' }]);
      expect(await confluence.updateComment(made.id, 2, '<p>Two.</p>')).toEqual({ version: 2 });
      expect(await hers.updateComment(made.id, 3, '<p>Three.</p>')).toEqual({ version: 3 });
      expect(await confluence.commentById(made.id)).toMatchObject({ version: 3, authorId: ines.accountId });
      await confluence.removeComment(made.id);
      expect(await confluence.commentById(made.id)).toBeNull();
      await expect(confluence.removeComment(made.id)).resolves.toBeUndefined();
    }
  });

  it('is listed with its text and without its replies, which are counted; all pages of both lists are read', async () => {
    await using site = await written();
    const { confluence, pages, world, ines } = site;
    const at = new Date('2026-01-01');
    for (let n = 0; n < 101; n += 1)
      world.addComment(pages.runbook.id, { by: ines.accountId, at, body: `<p>${n}</p>` });
    const [first] = await confluence.commentsOn(pages.runbook.id, 'page');
    for (let n = 0; n < 251; n += 1)
      world.addComment(pages.runbook.id, { by: ines.accountId, at, parentId: first?.id ?? '' });
    expect((await confluence.commentsOn(pages.runbook.id, 'page')).map(({ storage }) => storage)).toEqual(
      Array.from({ length: 101 }, (_, n) => `<p>${n}</p>`),
    );
    expect(await confluence.repliesTo(first?.id ?? '')).toBe(251);
  });

  it('is gone while its page is in the trash', async () => {
    await using site = await written();
    const { id } = await site.confluence.addComment(site.pages.runbook.id, 'page', '<p>One.</p>');
    site.world.trashPage(site.pages.runbook.id);
    expect(await site.confluence.commentById(id)).toBeNull();
    await expect(site.confluence.updateComment(id, 2, '<p>x</p>')).rejects.toMatchObject({ code: 'not-found' });
  });
});

it('a property is made once, found by its key, changed and removed', async () => {
  await using site = await written();
  const { confluence, pages, audit } = site;
  const page = pages.runbook.id;
  expect(await confluence.propertyNamed(page, 'docaudit')).toBeNull();
  const { id, version } = await confluence.addProperty(page, 'docaudit', { stale: true });
  expect(await confluence.propertyNamed(page, 'docaudit')).toEqual({
    id,
    version,
    authorId: audit.accountId,
    value: { stale: true },
  });
  await expect(confluence.addProperty(page, 'docaudit', 1)).rejects.toMatchObject({ code: 'conflict' });
  expect(await confluence.updateProperty(page, id, 'docaudit', 2, ['again'])).toEqual({ version: 2 });
  await expect(confluence.updateProperty(page, id, 'docaudit', 2, 1)).rejects.toMatchObject({ code: 'conflict' });
  expect(await confluence.propertyOf(page, 'docaudit')).toEqual(['again']);
  await confluence.removeProperty(page, id);
  await expect(confluence.removeProperty(page, id)).resolves.toBeUndefined();
  expect(await confluence.propertyOf(page, 'docaudit')).toBeUndefined();
});

it('a page is put into the trash and taken out of it as it was, under its parent', async () => {
  await using site = await written();
  const { confluence, pages, world } = site;
  const { id } = pages.runbook;
  world.editPage(id, { by: site.ines.accountId, at: new Date('2026-05-01'), body: '<p>Drain both.</p>' });
  await confluence.trashPage(id, 'page');
  await expect(confluence.trashPage(id, 'page')).resolves.toBeUndefined();
  expect((await confluence.pageStates([id], 'page')).get(id)).toMatchObject({ status: 'trashed', parentId: null });
  const restored = await confluence.restorePage(id, { parentId: pages.home.id, message: 'Undone' });
  expect(restored).toEqual({ version: 3 });
  expect((await confluence.pageStates([id], 'page')).get(id)).toEqual({
    status: 'current',
    version: 3,
    authorId: site.audit.accountId,
    spaceId: world.space('OPS').id,
    parentId: pages.home.id,
  });
  expect(world.versionsOf(id).at(-1)).toMatchObject({
    message: 'Undone',
    title: 'Queue runbook',
    body: '<p>Drain both.</p>',
  });
  await expect(confluence.restorePage(id, { parentId: null, message: '' })).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('a page whose parent is gone comes back where the site puts it', async () => {
  await using site = await written();
  const { confluence, pages, world } = site;
  await confluence.trashPage(pages.runbook.id, 'page');
  const under = { parentId: '4242', message: '' };
  await expect(confluence.restorePage(pages.runbook.id, under)).rejects.toMatchObject({ code: 'not-found' });
  expect(await confluence.restorePage(pages.runbook.id, { ...under, parentId: null })).toEqual({ version: 2 });
  expect(world.content(pages.runbook.id)).toMatchObject({ status: 'current', parentId: null });
});

it('the states of pages and blog posts are told 250 at a time, those that are gone by their absence', async () => {
  await using site = await written();
  const { confluence, pages, world, ines } = site;
  world.archivePage(pages.live.id);
  const post = world.addBlogPost({ space: 'OPS', title: 'News', by: ines.accountId, at: new Date(0) });
  world.trashPage(post.id);
  const many = Array.from({ length: 249 }, (_, n) => String(4_000_000 + n));
  const states = await confluence.pageStates([pages.runbook.id, ...many, pages.live.id, pages.live.id], 'page');
  expect([...states].map(([id, { status }]) => [id, status])).toEqual([
    [pages.runbook.id, 'current'],
    [pages.live.id, 'archived'],
  ]);
  expect(site.site.requests).toHaveLength(2);
  expect((await confluence.pageStates([post.id], 'blogpost')).get(post.id)).toMatchObject({ status: 'trashed' });
  expect((await confluence.pageStates([], 'page')).size).toBe(0);
});

it('pages are archived by a job that is asked how far it is', async () => {
  await using site = await written();
  const { confluence, pages, world } = site;
  const { taskId } = await confluence.archivePages([pages.runbook.id, pages.live.id]);
  expect(await confluence.longTask(taskId)).toEqual({ finished: false, successful: false, messages: [] });
  world.trashPage(pages.live.id);
  expect(await confluence.longTask(taskId)).toEqual({
    finished: true,
    successful: false,
    messages: [expect.stringContaining(pages.live.id)],
  });
  await expect(confluence.longTask('4242')).rejects.toMatchObject({ code: 'not-found' });
  await expect(confluence.archivePages([pages.runbook.id])).rejects.toMatchObject({ code: 'request-refused' });
});

it('the edition is told to administrators, and null to others', async () => {
  await using site = await written({ edition: 'standard' });
  expect(await site.confluence.edition()).toBe('standard');
  expect(await site.hers.edition()).toBeNull();
  site.site.faults.next(() => ({ status: 200, body: 'null', headers: { 'content-type': 'application/json' } }), 9);
  expect(await site.confluence.edition()).toBeNull();
});

describe('what is there and may not be written is forbidden, what is gone is not found:', () => {
  type Write = (confluence: Confluence, page: string, comment: string) => Promise<unknown>;
  // A page that does not exist has been seen to be a failure of the archive.
  const WRITES: [string, Write, string][] = [
    ['a new comment', (confluence, page) => confluence.addComment(page, 'page', '<p>x</p>'), 'not-found'],
    ['a changed comment', (confluence, _, comment) => confluence.updateComment(comment, 2, '<p>x</p>'), 'not-found'],
    ['a removed comment', (confluence, _, comment) => confluence.removeComment(comment), 'fine'],
    ['a property', (confluence, page) => confluence.addProperty(page, 'x', 1), 'not-found'],
    ['the trash', (confluence, page) => confluence.trashPage(page, 'page'), 'fine'],
    ['the archive', (confluence, page) => confluence.archivePages([page]), 'server-error'],
  ];

  it.each(WRITES)('%s', async (_, write, whenGone) => {
    await using site = await written();
    const { confluence, pages, world, ines } = site;
    const { id } = await confluence.addComment(pages.runbook.id, 'page', '<p>One.</p>');
    world.setSpaceAccess('OPS', { editors: only([ines.accountId]) });
    await expect(write(confluence, pages.runbook.id, id)).rejects.toMatchObject({ code: 'forbidden' });
    world.purgePage(pages.runbook.id);
    const gone = await write(confluence, pages.runbook.id, id).then(
      () => 'fine',
      (error: { code: string }) => error.code,
    );
    expect(gone).toBe(whenGone);
  });
});
