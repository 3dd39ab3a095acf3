import { expect, test } from 'vitest';
import { daysAgo, smallSite } from './small-site.ts';

async function archivable(options: Parameters<typeof smallSite>[0] = {}) {
  const small = await smallSite(options);
  const archive = (...ids: (string | number)[]) =>
    small.ask('/wiki/rest/api/content/archive', {
      method: 'POST',
      json: { pages: ids.map((id) => ({ id: Number(id) })) },
    });
  const task = (id: string) => small.ask(`/wiki/rest/api/longtask/${id}`);
  return { ...small, archive, task };
}

test('a job archives its pages when it ends, and they keep place, title and version', async () => {
  const { archive, task, world, pages } = await archivable({ archiveLooks: 2 });
  const made = await archive(pages.runbook.id, pages.live.id);
  expect(made).toMatchObject({ status: 202, body: { links: { status: `/rest/api/longtask/${made.body.id}` } } });
  for (let look = 0; look < 2; look += 1) {
    expect((await task(made.body.id)).body).toMatchObject({ finished: false, messages: [] });
    expect(world.content(pages.runbook.id).status).toBe('current');
  }
  expect((await task(made.body.id)).body).toMatchObject({ finished: true, successful: true, percentageComplete: 100 });
  expect(world.content(pages.runbook.id)).toMatchObject({
    status: 'archived',
    parentId: pages.home.id,
    title: 'Queue runbook',
    versions: [{ number: 1 }],
  });
  expect((await archive(pages.runbook.id)).status).toBe(400);
});

test('a page that goes meanwhile is told, and the others are archived', async () => {
  const { archive, task, world, pages } = await archivable({ archiveLooks: 0 });
  const { body } = await archive(pages.runbook.id, pages.live.id);
  world.trashPage(pages.live.id);
  expect((await task(body.id)).body).toMatchObject({
    finished: true,
    successful: false,
    messages: [{ translation: expect.stringContaining(pages.live.id) }],
  });
  expect(world.content(pages.runbook.id).status).toBe('archived');
});

test('one job at a time: who asks for another meets the first, which ends some day', async () => {
  const { archive, world, pages } = await archivable({ archiveLooks: 1 });
  await archive(pages.runbook.id);
  expect((await archive(pages.live.id)).status).toBe(400);
  expect((await archive(pages.live.id)).status).toBe(400);
  expect(world.content(pages.runbook.id).status).toBe('archived');
  expect((await archive(pages.live.id)).status).toBe(202);
});

test.for([
  ['free', 1, 400],
  ['standard', 1, 202],
  ['standard', 2, 400],
  ['premium', 2, 202],
] as const)('the edition %s answers a job of %i with %i', async ([edition, count, status]) => {
  const { archive, pages } = await archivable({ edition });
  expect((await archive(...[pages.runbook.id, pages.live.id].slice(0, count))).status).toBe(status);
});

test.for([
  ['more than 300 pages', 400, Array.from({ length: 301 }, (_, n) => n + 1)],
  ['no page', 400, []],
  ['a page that does not exist', 500, [4242]],
] as const)('a job of %s is answered with %i', async ([, status, ids]) => {
  const { archive, world } = await archivable();
  expect((await archive(...ids)).status).toBe(status);
  expect(world.archiveJobs.size).toBe(0);
});

test('blog posts, pages that the account may only view, and tasks that nobody started', async () => {
  const { archive, task, world, pages, ines } = await archivable();
  const post = world.addBlogPost({ space: 'OPS', title: 'News', by: ines.accountId, at: daysAgo(3) });
  expect((await archive(post.id)).status).toBe(400);
  world.setUpdateRestriction(pages.runbook.id, { users: [ines.accountId] });
  expect((await archive(pages.runbook.id)).status).toBe(403);
  expect((await task('4242')).status).toBe(404);
});

test('administrators alone are told the edition', async () => {
  const { ask, asInes } = await archivable({ edition: 'standard' });
  expect((await ask('/wiki/rest/api/settings/systemInfo')).body).toMatchObject({ edition: 'standard' });
  expect((await ask('/wiki/rest/api/settings/systemInfo', { as: asInes })).status).toBe(403);
});
