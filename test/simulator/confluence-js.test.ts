import { createV1Client, createV2Client, isForbiddenError, isNotFoundError } from 'confluence.js';
import { createClient } from 'confluence.js/core';
import { afterAll, describe, expect, test } from 'vitest';
import { demoWorlds } from '../../src/simulator/seed.ts';
import { startSite } from '../../src/simulator/server.ts';
import { newestVersion } from '../../src/simulator/world/model.ts';

/**
 * A client that we did not write reads a simulated site. It checks every answer against its own schemas and throws where
 * one does not fit, so each call here also says that the shape is right. https://www.npmjs.com/package/confluence.js
 */
const NOW = new Date('2026-06-01T08:00:00.000Z');
const demo = demoWorlds({ now: NOW }).find(({ id }) => id === 'quietgrid');
if (demo === undefined) throw new Error('no world named quietgrid');
const { world, crew, traps } = demo;
const site = await startSite({ world, now: () => NOW });
afterAll(() => site.close());

const client = createClient({
  host: site.url,
  auth: { type: 'basic', email: demo.email, apiToken: demo.token },
});
const v1 = createV1Client(client);
const v2 = createV2Client(client);

interface Listed<Row> {
  readonly results?: readonly Row[] | undefined;
  readonly _links?: { readonly next?: string | undefined } | undefined;
}

/** Follows the cursors to the end, as the documents of the API say. */
async function walk<Row>(read: (cursor: { cursor?: string }) => Promise<Listed<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < 50; page += 1) {
    const { results, _links }: Listed<Row> = await read(cursor === null ? {} : { cursor });
    rows.push(...(results ?? []));
    cursor = new URL(_links?.next ?? '', site.url).searchParams.get('cursor');
    if (cursor === null) return rows;
  }
  throw new Error('the list does not end');
}

const trap = (name: string): string => traps[name] ?? '';
const ops = Number(world.space('OPS').id);
const pagesWhere = (fits: (key: string) => boolean): string[] =>
  [...world.contents.values()].flatMap((each) =>
    each.type === 'page' && each.status === 'current' && fits(world.space(each.spaceId).key) ? [each.id] : [],
  );

describe('lists are walked to their end:', () => {
  test('spaces', async () => {
    const rows = await walk((at) => v2.space.getSpaces({ limit: 2, descriptionFormat: 'plain', ...at }));
    expect(rows.map(({ key }) => key).toSorted()).toEqual(
      [...world.spaces.values()]
        .map(({ key }) => key)
        .filter((key) => key !== 'BOARD')
        .toSorted(),
    );
  });

  test('pages of the site, with bodies', async () => {
    const rows = await walk((at) =>
      v2.page.getPages({ limit: 40, status: ['current'], bodyFormat: 'storage', sort: 'id', ...at }),
    );
    const expected = pagesWhere((key) => key !== 'BOARD').filter((id) => id !== trap('invisible'));
    expect(rows.map(({ id }) => id)).toEqual(expected);
    const runbook = rows.find(({ id }) => id === trap('attested'));
    expect(runbook?.body?.storage?.value).toBe(newestVersion(world.content(trap('attested'))).body);
  });

  test('pages of a space, by title', async () => {
    const rows = await walk((at) => v2.page.getPagesInSpace({ id: ops, limit: 25, sort: '-title', ...at }));
    const current = pagesWhere((key) => key === 'OPS').length - 1;
    expect(rows.filter(({ status }) => status === 'current')).toHaveLength(current);
    expect(rows.filter(({ status }) => status === 'archived')).toHaveLength(2);
  });

  test('attachments, of the site and of one page', async () => {
    const all = await walk((at) => v2.attachment.getAttachments({ limit: 3, sort: 'created-date', ...at }));
    expect(all.length).toBeGreaterThan(6);
    const files = await v2.attachment.getPageAttachments({ id: Number(trap('dangerousFiles')) });
    expect(files.results?.map(({ title }) => title)).toContain('tool.exe');
  });

  test('versions', async () => {
    const id = Number(trap('botNightly'));
    const rows = await walk((at) => v2.version.getPageVersions({ id, limit: 20, sort: '-modified-date', ...at }));
    expect(rows.map((row) => row.number)).toEqual(
      world
        .versionsOf(String(id))
        .map((each) => each.number)
        .toReversed(),
    );
  });

  test('blog posts, comments, tasks and permissions', async () => {
    expect(await walk((at) => v2.blogPost.getBlogPosts({ limit: 2, ...at }))).toHaveLength(4);
    const asked = await walk((at) => v2.comment.getInlineComments({ limit: 2, bodyFormat: 'storage', ...at }));
    expect(asked.map(({ id }) => id)).toContain(trap('oldQuestion'));
    expect((await walk((at) => v2.comment.getFooterComments({ limit: 2, ...at }))).length).toBeGreaterThan(2);
    const id = Number(world.comment(trap('danglingQuestion')).containerId);
    const dangling = await v2.comment.getPageInlineComments({ id, resolutionStatus: ['dangling'] });
    expect(dangling.results).toMatchObject([{ id: trap('danglingQuestion'), resolutionStatus: 'dangling' }]);
    expect((await v2.comment.getPageFooterComments({ id })).results).toBeDefined();
    const tasks = await walk((at) => v2.task.getTasks({ limit: 5, bodyFormat: 'storage', ...at }));
    expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(['complete', 'incomplete']));
    const held = await walk((at) => v2.spacePermissions.getSpacePermissionsAssignments({ id: ops, limit: 3, ...at }));
    expect(held.map(({ principal }) => principal?.id)).toContain('ALL_LICENSED_USERS');
  });

  test('a content search, by its own kind of cursor', async () => {
    const expand = [
      'metadata.labels',
      'restrictions.read.restrictions.user',
      'version',
      'history',
      'space',
      'ancestors',
    ];
    const hits = await walk((at) =>
      v1.content.searchContentByCQL({
        cql: 'type = page and label = "runbook" order by lastmodified desc',
        limit: 5,
        expand,
        ...at,
      }),
    );
    expect(hits.length).toBeGreaterThan(10);
    expect(new Set(hits.map(({ id }) => id)).size).toBe(hits.length);
  });
});

describe('single objects are understood:', () => {
  test('a page with everything in it', async () => {
    const id = Number(trap('attested'));
    const page = await v2.page.getPageById({
      id,
      bodyFormat: 'storage',
      includeLabels: true,
      includeOperations: true,
      includeVersions: true,
    });
    expect(page).toMatchObject({
      id: String(id),
      spaceId: String(ops),
      labels: { results: [{ name: 'runbook' }, {}] },
    });
    await expect(v2.page.getPageById({ id: 4242 })).rejects.toSatisfy(isNotFoundError);
  });

  test('a folder, whose instants come as numbers', async () => {
    const folder = [...world.contents.values()].find(({ type }) => type === 'folder');
    const { createdAt, title } = await v2.folder.getFolderById({ id: Number(folder?.id) });
    expect({ createdAt, title }).toEqual({ createdAt: new Date(folder?.createdAt ?? ''), title: folder?.title });
  });

  test('a space and a label by id', async () => {
    expect((await v2.space.getSpaceById({ id: ops })).key).toBe('OPS');
    const labels = await walk((at) => v2.label.getLabels({ limit: 10, ...at }));
    const runbook = labels.find(({ name }) => name === 'runbook');
    const pages = await v2.page.getLabelPages({ id: Number(runbook?.id), limit: 250 });
    expect(pages.results?.map(({ id }) => id)).toContain(trap('evergreen'));
  });

  test('who is asking, and people in bulk', async () => {
    expect((await v1.users.getCurrentUser()).accountId).toBe(crew.audit.accountId);
    const accountIds = [crew.bot.accountId, crew.leaver.accountId];
    const found = await v2.user.createBulkUserLookup({ body: { accountIds } });
    expect(found.results?.map(({ accountId }) => accountId)).toEqual(accountIds);
  });

  test('groups and their members', async () => {
    const groups = await v1.group.getGroups({ limit: 200 });
    expect(groups.results.map(({ name }) => name)).toContain('sre-oncall');
    const members = await v1.group.getGroupMembersByGroupId({ groupId: crew.onCall.id });
    expect(members.results.map(({ accountId }) => accountId)).toEqual([...crew.onCall.members]);
  });
});

describe('v1 alone can', () => {
  test('add labels and take them off again', async () => {
    const id = trap('neverEdited');
    const names = async () => (await v2.label.getPageLabels({ id: Number(id) })).results?.map(({ name }) => name);
    const before = await names();
    const added = await v1.contentLabels.addLabelsToContent({
      id,
      body: [{ prefix: 'global', name: 'docaudit-stale' }],
    });
    expect(added.results.map(({ name }) => name)).toContain('docaudit-stale');
    expect(await names()).toEqual([...(before ?? []), 'docaudit-stale']);
    const carriers = await v1.labelInfo.getAllLabelContent({ name: 'docaudit-stale', type: 'page' });
    expect(carriers.associatedContents?.results?.map(({ contentId }) => String(contentId))).toContain(id);
    await v1.contentLabels.removeLabelFromContentUsingQueryParameter({ id, name: 'docaudit-stale' });
    expect(await names()).toEqual(before);
    const locked = { id: trap('staleAndNotLabelable'), body: [{ prefix: 'global', name: 'x' }] };
    await expect(v1.contentLabels.addLabelsToContent(locked)).rejects.toSatisfy(isForbiddenError);
  });

  test('tell restrictions, in all three forms', async () => {
    const id = trap('restrictedToOnCall');
    const expand = ['restrictions.user', 'restrictions.group'];
    const both = await v1.contentRestrictions.getRestrictionsByOperation({ id, expand });
    const names = both.read?.restrictions?.group?.results.map(({ name }) => name);
    expect(names).toEqual(['sre-oncall', 'platform']);
    expect(both.update?.restrictions?.group?.results).toEqual([]);
    const one = await v1.contentRestrictions.getRestrictionsForOperation({ id, operationKey: 'read', expand });
    expect(one.restrictions?.group?.results).toHaveLength(2);
    expect((await v1.contentRestrictions.getRestrictions({ id })).results.map(({ operation }) => operation)).toEqual([
      'read',
      'update',
    ]);
  });

  test('check the permission of somebody else', async () => {
    const check = (id: string) =>
      v1.contentPermissions.checkContentPermission({
        id,
        subject: { type: 'group', identifier: crew.onCall.id },
        operation: 'read',
      });
    expect((await check(trap('restrictedToOnCall'))).hasPermission).toBe(true);
    expect((await check(trap('underRestrictedParent'))).hasPermission).toBe(false);
  });
});

test('nothing that this client asked was strange to the site', () => {
  expect(site.requests.length).toBeGreaterThan(60);
  expect(site.refused).toEqual([]);
});
