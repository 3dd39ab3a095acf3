import { describe, expect, test } from 'vitest';
import { newestVersion } from '../../src/simulator/world/model.ts';
import { openForeignClient } from './foreign-client.ts';

const { world, v1, v2, walk, trap, ops } = await openForeignClient();

const pagesWhere = (fits: (key: string) => boolean): string[] =>
  [...world.contents.values()].flatMap((each) =>
    each.type === 'page' && each.status === 'current' && fits(world.space(each.spaceId).key) ? [each.id] : [],
  );

describe('lists are walked to their end:', () => {
  test('spaces', async () => {
    const rows = await walk((at) => v2.space.getSpaces({ limit: 2, descriptionFormat: 'plain', ...at }));
    const readable = [...world.spaces.values()].map(({ key }) => key).filter((key) => key !== 'BOARD');
    expect(rows.map(({ key }) => key)).toEqual(readable);
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
