import { expect, test } from 'vitest';
import { mention, tasks } from '../../src/simulator/seed/storage.ts';
import { only } from '../../src/simulator/world/spaces.ts';
import { daysAgo, idsOf, smallSite } from './small-site.ts';

const TASKS = '/wiki/api/v2/tasks';
const DUE = '2026-05-20';

async function busy() {
  const small = await smallSite();
  const { world, pages, ines, audit } = small;
  const line = (done: boolean) => ({
    done,
    raw: `${mention(audit.accountId)} Test the drain by <time datetime="${DUE}" />`,
  });
  const other = { done: false, raw: 'Tell support' };
  const blank = { done: false, raw: ' ' };
  const edit = (days: number, done: boolean) => ({
    by: ines.accountId,
    at: daysAgo(days),
    body: tasks([line(done), other, blank]),
  });
  world.editPage(pages.runbook.id, edit(40, false));
  world.editPage(pages.runbook.id, { ...edit(10, true), by: audit.accountId });
  world.addBlogPost({ space: 'OPS', title: 'Plans', by: ines.accountId, at: daysAgo(5), body: tasks([other]) });
  world.addPage({ space: 'BOARD', title: 'Closed', by: ines.accountId, at: daysAgo(5), body: tasks([other]) });
  return small;
}

test('a task is what the newest body and the versions before it say', async () => {
  const { ask, pages, ines, audit, world } = await busy();
  const { body } = await ask(`${TASKS}?page-id=${pages.runbook.id}`);
  expect(body.results).toEqual([
    {
      id: `${pages.runbook.id}001`,
      localId: '1',
      spaceId: world.space('OPS').id,
      pageId: pages.runbook.id,
      status: 'complete',
      body: null,
      createdBy: ines.accountId,
      assignedTo: audit.accountId,
      completedBy: audit.accountId,
      createdAt: daysAgo(40).toISOString(),
      updatedAt: daysAgo(10).toISOString(),
      dueAt: `${DUE}T00:00:00.000Z`,
      completedAt: daysAgo(10).toISOString(),
    },
    expect.objectContaining({ localId: '2', status: 'incomplete', assignedTo: null, dueAt: null, completedAt: null }),
  ]);
});

test('tasks are listed by what is known of them, those of closed spaces never', async () => {
  const { ask, audit, ines, world, pages, site } = await busy();
  const ids = async (query: string) => idsOf(await ask(`${TASKS}?${query}`)).length;
  const due = Date.parse(DUE);
  expect(await ids('')).toBe(3);
  expect(await ids('include-blank-tasks=true')).toBe(4);
  expect(await ids('status=incomplete')).toBe(2);
  expect(await ids(`assigned-to=${audit.accountId}`)).toBe(1);
  expect(await ids(`completed-by=${ines.accountId}`)).toBe(0);
  expect(await ids(`due-at-from=${due}&due-at-to=${due}`)).toBe(1);
  expect(await ids(`completed-at-from=${daysAgo(9).getTime()}`)).toBe(0);
  expect(await ids(`created-at-to=${daysAgo(20).getTime()}`)).toBe(2);
  expect(await ids(`space-id=${world.space('DOCS').id}`)).toBe(0);
  expect(await ids(`page-id=${pages.runbook.id}&limit=1`)).toBe(1);
  expect(site.refused).toEqual([]);
  expect((await ask(`${TASKS}?status=done`)).status).toBe(400);
});

test('a task of a blog post names the blog post, and shows its words on request', async () => {
  const { ask, world } = await busy();
  const post = [...world.contents.values()].find((each) => each.type === 'blogpost')?.id ?? '';
  const { body } = await ask(`${TASKS}?blogpost-id=${post}&body-format=storage`);
  expect(body.results).toMatchObject([{ blogPostId: post, body: { storage: { value: 'Tell support' } } }]);
  expect(body.results[0]).not.toHaveProperty('pageId');
});

test('the permissions of a space name classes, groups and users, and keep their ids', async () => {
  const { ask, world, ines, leads } = await smallSite();
  const rows = async (key: string) =>
    (await ask(`/wiki/api/v2/spaces/${world.space(key).id}/permissions?limit=250`)).body.results as {
      id: string;
      principal: { type: string; id: string };
      operation: { key: string; targetType: string };
    }[];
  const readers = (list: Awaited<ReturnType<typeof rows>>) =>
    list.filter(({ operation }) => operation.key === 'read').map(({ principal }) => principal);
  const before = await rows('OPS');
  expect(readers(before)).toEqual([{ type: 'access-class', id: 'ALL_LICENSED_USERS' }]);
  expect(readers(await rows('DOCS')).map(({ id }) => id)).toContain('ANONYMOUS_USERS');
  expect((await ask(`/wiki/api/v2/spaces/${world.space('BOARD').id}/permissions`)).status).toBe(404);

  world.setSpaceAccess('OPS', { readers: only([ines.accountId], [leads.id]), editors: only([ines.accountId]) });
  const after = await rows('OPS');
  expect(readers(after)).toEqual(
    expect.arrayContaining([
      { type: 'group', id: leads.id },
      { type: 'user', id: ines.accountId },
    ]),
  );
  const kept = ({ operation, principal }: (typeof after)[number]) =>
    operation.key === 'administer' && principal.id === ines.accountId;
  expect(after.find(kept)?.id).toBe(before.find(kept)?.id);
});
