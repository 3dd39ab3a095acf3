import { z } from 'zod';
import { showComment } from '../wire/v2-comment.ts';
import { readable } from '../world/lookup.ts';
import type { Comment, Content } from '../world/model.ts';
import { canComment } from '../world/visibility.ts';
import { answer, noContent, type SimResponse, v2BadParameter, v2Conflict, v2NotFound } from './answers.ts';
import { single } from './keyset.ts';
import { type Call, type Route, text } from './route.ts';
import { BODY_FORMAT } from './v2-content.ts';
import { storageOf, WRITTEN_BODY } from './written-body.ts';

const NEW = z.strictObject({
  pageId: z.string().optional(),
  blogPostId: z.string().optional(),
  parentCommentId: z.string().optional(),
  attachmentId: z.string().optional(),
  customContentId: z.string().optional(),
  body: WRITTEN_BODY.optional(),
});

const CHANGED = z.strictObject({
  version: z.strictObject({ number: z.int().optional(), message: z.string().optional() }).optional(),
  body: WRITTEN_BODY.optional(),
  _links: z.strictObject({ base: z.string().optional() }).optional(),
});

const writer = ({ who }: Call): string => (who.kind === 'user' ? who.account.accountId : '');

/** The footer comment that the path names, where the caller may see it. */
function visible(call: Call): Comment | null {
  const comment = call.world.comments.get(call.path['id'] ?? '');
  const shown = comment?.kind === 'footer' && readable(call.world, call.who, comment.containerId) !== null;
  return shown ? comment : null;
}

/** Archived and trashed pages take no comments. */
const open = (call: Call, content: Content): boolean =>
  content.status === 'current' && canComment(call.world, call.who, content);

/** What may not be written is answered like what is not there. */
function writable(call: Call): Comment | null {
  const comment = visible(call);
  const content = comment === null ? undefined : call.world.contents.get(comment.containerId);
  return content !== undefined && open(call, content) ? comment : null;
}

const missing = (call: Call): SimResponse => v2NotFound('comment', call.path['id'] ?? '');

function getComment(call: Call): SimResponse {
  const comment = visible(call);
  if (comment === null) return missing(call);
  return single(call, showComment(call.world, comment, 'site', text(call, 'body-format') !== undefined));
}

function addComment(call: Call): SimResponse {
  const { pageId, blogPostId, parentCommentId, body } = call.body as z.infer<typeof NEW>;
  const storage = storageOf(body);
  const named = [pageId, blogPostId, parentCommentId].filter((id) => id !== undefined);
  if (storage === null || named.length !== 1) return v2BadParameter('A comment has one place and a body.');
  const parent = parentCommentId === undefined ? undefined : call.world.comments.get(parentCommentId);
  const id = pageId ?? blogPostId ?? parent?.containerId ?? '';
  const content = readable(call.world, call.who, id);
  const type = pageId === undefined && parent === undefined ? 'blogpost' : (content?.type ?? 'page');
  const fits = pageId === undefined ? content?.type === type : content?.type === 'page';
  if (content === null || !fits || !open(call, content)) return v2NotFound(type, id);
  const added = call.world.addComment(id, {
    by: writer(call),
    at: call.now,
    body: storage,
    ...(parent === undefined ? {} : { parentId: parent.id }),
  });
  return { ...single(call, showComment(call.world, added, 'site', true)), status: 201 };
}

function changeComment(call: Call): SimResponse {
  const comment = writable(call);
  if (comment === null) return missing(call);
  const { version, body } = call.body as z.infer<typeof CHANGED>;
  const storage = storageOf(body);
  if (storage === null) return v2BadParameter('A comment has a body.');
  if (version?.number !== comment.edits + 2) return v2Conflict(comment.edits + 1);
  call.world.editComment(comment.id, storage, call.now, writer(call));
  return answer(200, showComment(call.world, comment, 'site', true));
}

function removeComment(call: Call): SimResponse {
  const comment = writable(call);
  if (comment === null) return missing(call);
  call.world.deleteComment(comment.id);
  return noContent();
}

const ONE = { template: '/wiki/api/v2/footer-comments/{id}', path: { id: /^\d+$/ } };

/** Footer comments, one by one: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-comment/ */
export const commentWriteRoutes: readonly Route[] = [
  { method: 'POST', template: '/wiki/api/v2/footer-comments', query: {}, body: NEW, handle: addComment },
  { ...ONE, method: 'GET', query: { 'body-format': BODY_FORMAT }, handle: getComment },
  { ...ONE, method: 'PUT', query: {}, body: CHANGED, handle: changeComment },
  { ...ONE, method: 'DELETE', query: {}, handle: removeComment },
];
