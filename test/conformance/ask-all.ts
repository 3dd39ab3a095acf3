import { createAuthorize } from '../../src/confluence/auth.ts';
import type { Confluence } from '../../src/confluence/client.ts';
import { paginate } from '../../src/confluence/paginate.ts';
import type { ListPage } from '../../src/confluence/list.ts';
import type { World } from '../../src/simulator/world.ts';
import { createTestClient } from '../confluence/test-client.ts';
import type { Recording } from './record.ts';

type Walk = (cursor: string | null) => Promise<ListPage<unknown>>;

const postIn = (world: World): string =>
  [...world.contents.values()].find(({ type, status }) => type === 'blogpost' && status === 'current')?.id ?? '';

/** Every list that our client can read, with every filter that it can send. */
function lists(confluence: Confluence, { demo }: Recording): Walk[] {
  const { world, traps } = demo;
  const spaceIds = [...world.spaces.keys()];
  const spaceId = world.space('OPS').id;
  const pageId = world.comment(traps['oldQuestion'] ?? '').containerId;
  const ids = [pageId, traps['archived'] ?? ''];
  const postId = postIn(world);
  return [
    (cursor) => confluence.spaces({ cursor }),
    (cursor) => confluence.spaces({ keys: ['OPS', 'DOCS'], cursor }),
    (cursor) => confluence.pagesInSpace({ spaceId, cursor }),
    (cursor) => confluence.pagesInSpaces({ spaceIds, cursor }),
    (cursor) => confluence.pagesById({ ids, withBody: true, cursor }),
    (cursor) => confluence.pagesById({ ids, withBody: false, statuses: ['current', 'archived', 'trashed'], cursor }),
    (cursor) => confluence.blogPostsInSpaces({ spaceIds, cursor }),
    (cursor) => confluence.blogPostsInSpaces({ spaceIds, withBody: true, cursor }),
    (cursor) => confluence.attachments({ cursor }),
    (cursor) => confluence.labelsAndRestrictions({ spaceKeys: ['OPS'], cursor }),
    (cursor) => confluence.labelsAndRestrictions({ pageIds: ids, cursor }),
    (cursor) => confluence.versions(traps['botNightly'] ?? '', { cursor }),
    (cursor) => confluence.versions(postId, { contentType: 'blogpost', cursor }),
    (cursor) =>
      confluence.pagesById({
        contentType: 'blogpost',
        ids: [postId],
        withBody: true,
        statuses: ['current', 'trashed'],
        cursor,
      }),
    (cursor) => confluence.labelsAndRestrictions({ spaceKeys: ['OPS'], contentTypes: ['page', 'blogpost'], cursor }),
    (cursor) => confluence.inlineComments({ cursor }),
    (cursor) => confluence.inlineComments({ pageId, cursor }),
    (cursor) => confluence.footerComments({ cursor }),
    (cursor) => confluence.footerComments({ pageId, cursor }),
    (cursor) => confluence.tasks({ spaceIds, cursor }),
    (cursor) => confluence.tasks({ pageIds: ids, status: 'incomplete', cursor }),
    (cursor) => confluence.spacePermissions({ spaceId, cursor }),
  ];
}

/** What hangs on a page and attests it: there, and not there. */
async function askForMarks(confluence: Confluence, { demo: { world, crew, traps } }: Recording): Promise<void> {
  const [marked = '', bare = ''] = [traps['attested'], traps['botNightly']];
  const at = new Date('2026-01-02T03:04:05Z');
  world.setProperty(marked, 'last-review', { value: { reviewedAt: '2026-01-02' }, by: crew.bot.accountId, at });
  world.setStatus(marked, 'Verified', at);
  for (const pageId of [marked, bare]) {
    await confluence.propertyOf(pageId, 'last-review');
    await confluence.statusOf(pageId);
  }
}

/** Every write, and what is read for it; what it makes it takes back, but for a page in the archive. */
async function writeAll(confluence: Confluence, { demo: { world, crew } }: Recording): Promise<void> {
  const add = (title: string) =>
    world.addPage({ space: 'OPS', title, by: crew.bot.accountId, at: new Date('2026-01-02T03:04:05Z') }).id;
  const [pageId, shelved, postId] = [add('To be written'), add('To be archived'), postIn(world)];
  await confluence.addLabel(pageId, 'docaudit-asked');
  await confluence.removeLabel(pageId, 'docaudit-asked');
  for (const [id, type] of [[pageId, 'page'] as const, [postId, 'blogpost'] as const]) {
    const comment = await confluence.addComment(id, type, '<p>Asked.</p>');
    await confluence.updateComment(comment.id, 2, '<p>Asked again.</p>');
    await confluence.commentById(comment.id);
    await confluence.commentsOn(id, type);
    await confluence.repliesTo(comment.id);
    await confluence.removeComment(comment.id);
    await confluence.pageStates([id], type);
  }
  const property = await confluence.addProperty(pageId, 'docaudit-asked', { stale: true });
  await confluence.updateProperty(pageId, property.id, 'docaudit-asked', 2, null);
  await confluence.propertyNamed(pageId, 'docaudit-asked');
  await confluence.removeProperty(pageId, property.id);
  await confluence.trashPage(pageId, 'page');
  await confluence.restorePage(pageId, { parentId: world.space('OPS').homepageId, message: 'Asked' });
  const post = world.addBlogPost({ space: 'OPS', title: 'To be trashed', by: crew.bot.accountId, at: new Date(0) });
  await confluence.trashPage(post.id, 'blogpost');
  await confluence.edition();
  const { taskId } = await confluence.archivePages([shelved]);
  for (let looks = 0; looks < 5 && !(await confluence.longTask(taskId)).finished; looks += 1);
}

/** Calls every method of our client; gives how many items of lists it could not read. */
export async function askAll(recording: Recording): Promise<number> {
  const { site, demo } = recording;
  const { world, crew, traps } = demo;
  await using client = createTestClient(site.url, {
    authorize: createAuthorize({ type: 'basic', email: demo.email, token: demo.token }),
  });
  const { confluence } = client;
  recording.turn('client');
  let unread = 0;
  for (const list of lists(confluence, recording)) {
    for await (const page of paginate(list)) unread += page.invalid.length;
  }
  const pageId = traps['restrictedToOnCall'] ?? '';
  await confluence.proveIdentity(crew.audit.accountId);
  await confluence.folder([...world.contents.values()].find(({ type }) => type === 'folder')?.id ?? '');
  await confluence.labelsOf(pageId);
  await confluence.labelsOf(postIn(world), 'blogpost');
  await confluence.restrictionsOf(pageId);
  await confluence.accounts([crew.bot.accountId, crew.leaver.accountId]);
  await confluence.groups();
  await confluence.groupMembers(crew.onCall.id);
  await askForMarks(confluence, recording);
  await confluence.checkPermission(pageId, { type: 'group', id: crew.onCall.id }, 'read');
  await confluence.checkPermission(pageId, { type: 'user', id: crew.bot.accountId }, 'update');
  await writeAll(confluence, recording);
  return unread;
}
