import { expect, test } from 'vitest';
import { tinyUi } from '../../src/simulator/wire/v2-content.ts';
import { daysAgo, smallSite } from './small-site.ts';

const keys = (value: object): string[] => Object.keys(value).toSorted();

test('a listed page has an empty body unless a format is named', async () => {
  const { ask, pages } = await smallSite();
  const at = `/wiki/api/v2/pages?id=${pages.runbook.id}`;
  expect((await ask(at)).body.results[0].body).toEqual({});
  expect((await ask(`${at}&body-format=storage`)).body.results[0].body).toEqual({
    storage: { representation: 'storage', value: '<p>Drain it.</p>' },
  });
});

test('only a live doc has a subtype at all', async () => {
  const { ask, pages } = await smallSite();
  const { body } = await ask(`/wiki/api/v2/pages?id=${pages.runbook.id},${pages.live.id}`);
  expect(body.results[0]).not.toHaveProperty('subtype');
  expect(body.results[1].subtype).toBe('live');
});

test('a page says where it stands, who made it, and who changed it last', async () => {
  const { ask, world, pages, bot, ines } = await smallSite();
  world.editPage(pages.runbook.id, { by: bot.accountId, at: daysAgo(2), minor: true, title: 'Queue runbook 2' });
  const { body } = await ask(`/wiki/api/v2/pages/${pages.runbook.id}`);
  expect(body).toMatchObject({
    id: pages.runbook.id,
    title: 'Queue runbook 2',
    parentId: pages.home.id,
    parentType: 'page',
    authorId: ines.accountId,
    createdAt: daysAgo(100).toISOString(),
    version: { number: 2, minorEdit: true, authorId: bot.accountId, createdAt: daysAgo(2).toISOString() },
    _links: { webui: `/spaces/OPS/pages/${pages.runbook.id}/Queue+runbook+2` },
  });
  expect((await ask(`/wiki/api/v2/pages/${pages.home.id}`)).body._links.webui).toBe('/spaces/OPS/overview');
});

test('an old version of a page can be read, and one that never was cannot', async () => {
  const { ask, world, pages, ines } = await smallSite();
  world.editPage(pages.runbook.id, { by: ines.accountId, at: daysAgo(2), body: '<p>New</p>' });
  const at = `/wiki/api/v2/pages/${pages.runbook.id}?body-format=storage`;
  expect((await ask(`${at}&version=1`)).body.body.storage.value).toBe('<p>Drain it.</p>');
  expect((await ask(at)).body.body.storage.value).toBe('<p>New</p>');
  expect((await ask(`${at}&version=9`)).status).toBe(404);
});

test('include blocks come on request, and link to themselves without /wiki', async () => {
  const { ask, pages } = await smallSite();
  const at = `/wiki/api/v2/pages/${pages.runbook.id}`;
  const { body } = await ask(`${at}?include-labels=true&include-operations=true&include-versions=true`);
  expect(body.labels).toMatchObject({ results: [{ name: 'runbook', prefix: 'global' }], meta: { hasMore: false } });
  expect(body.labels._links.self).toBe(`/api/v2/pages/${pages.runbook.id}/labels`);
  expect(body.versions.results).toHaveLength(1);
  expect(body.operations.results).toContainEqual({ operation: 'update', targetType: 'page' });
  expect((await ask(at)).body).not.toHaveProperty('labels');
  expect((await ask(`${at}?include-version=false`)).body).not.toHaveProperty('version');
});

test('a blog post has no owner and no parent', async () => {
  const { ask, world, ines } = await smallSite();
  world.addBlogPost({ space: 'OPS', title: 'Big news', by: ines.accountId, at: daysAgo(5) });
  const [post] = (await ask('/wiki/api/v2/blogposts')).body.results;
  expect(keys(post)).toEqual(
    ['_links', 'authorId', 'body', 'createdAt', 'id', 'spaceId', 'status', 'title', 'version'].toSorted(),
  );
  expect(post._links.webui).toMatch(/^\/spaces\/OPS\/blog\/2026\/05\/27\/\d+\/Big\+news$/);
});

test('a folder answers by id with its instant as a number, and is the parent of pages', async () => {
  const { ask, world, ines } = await smallSite();
  const folder = world.addFolder({ space: 'OPS', title: 'Shelf', by: ines.accountId, at: daysAgo(5) });
  const page = world.addPage({ space: 'OPS', title: 'On it', by: ines.accountId, at: daysAgo(4), parentId: folder.id });
  const { body } = await ask(`/wiki/api/v2/folders/${folder.id}`);
  expect(body).toMatchObject({ id: folder.id, type: 'folder', title: 'Shelf', createdAt: daysAgo(5).getTime() });
  expect((await ask(`/wiki/api/v2/pages/${page.id}`)).body).toMatchObject({
    parentId: folder.id,
    parentType: 'folder',
  });
  expect((await ask(`/wiki/api/v2/folders/${page.id}`)).status).toBe(404);
  expect((await ask(`/wiki/api/v2/pages/${folder.id}`)).status).toBe(404);
});

test('an attachment names its page, and links to the legacy download path', async () => {
  const { ask, world, pages, ines } = await smallSite();
  const given = { title: 'net plan.png', mediaType: 'image/png', fileSize: 12, by: ines.accountId, at: daysAgo(5) };
  const file = world.addAttachment(pages.runbook.id, given);
  const [row] = (await ask(`/wiki/api/v2/pages/${pages.runbook.id}/attachments`)).body.results;
  expect(row).toMatchObject({
    id: file.id,
    pageId: pages.runbook.id,
    title: 'net plan.png',
    mediaTypeDescription: null,
  });
  expect(row.id).toMatch(/^att\d+$/);
  expect(row.downloadLink).toMatch(/^\/download\/attachments\/\d+\/net%20plan\.png\?version=1/);
  expect(row).not.toHaveProperty('blogPostId');
});

test('a space shows its description in the format asked for', async () => {
  const { ask, world } = await smallSite();
  const { id } = world.space('OPS');
  expect((await ask(`/wiki/api/v2/spaces/${id}`)).body).toMatchObject({ key: 'OPS', description: {} });
  expect((await ask('/wiki/api/v2/spaces?keys=OPS')).body.results).toMatchObject([{ description: null }]);
  expect((await ask(`/wiki/api/v2/spaces/${id}?description-format=plain`)).body.description).toEqual({
    plain: { representation: 'plain', value: '' },
  });
  expect((await ask('/wiki/api/v2/spaces?keys=ops')).body.results).toHaveLength(1);
  expect((await ask('/wiki/api/v2/spaces/4242')).status).toBe(404);
});

test('a short link is the id in base64, least byte first', () => {
  expect(tinyUi('65537')).toBe('/x/AQAB');
});
