import { showComment } from '../wire/v2-comment.ts';
import { readable } from '../world/lookup.ts';
import type { Comment } from '../world/model.ts';
import { type SimResponse, v2NotFound } from './answers.ts';
import { keysetPage } from './keyset.ts';
import { type Call, limit, list as values, type Param, type Route, text } from './route.ts';
import { BODY_FORMAT } from './v2-content.ts';

const KEYS = {
  id: (comment: Comment) => Number(comment.id),
  'created-date': (comment: Comment) => comment.createdAt,
  'modified-date': (comment: Comment) => comment.editedAt,
};

const LISTED = {
  'body-format': BODY_FORMAT,
  sort: { kind: 'choice', of: ['created-date', '-created-date', 'modified-date', '-modified-date'] },
  cursor: { kind: 'cursor' },
  limit: limit(25, 250),
} as const satisfies Record<string, Param>;

const OF_PAGE = {
  ...LISTED,
  status: { kind: 'list', of: ['current', 'archived', 'trashed', 'deleted', 'historical', 'draft'] },
} as const satisfies Record<string, Param>;

function listComments(
  call: Call,
  kind: Comment['kind'],
  list: 'site' | 'page' | 'replies',
  within: (comment: Comment) => boolean,
): SimResponse {
  const rows = [...call.world.comments.values()].filter((comment) => {
    const container = readable(call.world, call.who, comment.containerId);
    const shown = container?.status === 'current' || container?.status === 'archived';
    return comment.kind === kind && shown && within(comment);
  });
  const withBody = text(call, 'body-format') !== undefined;
  const made = keysetPage(call, rows, { keys: KEYS, byDefault: 'id' }, (comment) =>
    showComment(call.world, comment, list, withBody),
  );
  if (kind === 'footer') return made;
  // A Link header may begin with another relation than `next`, and a warning is no error.
  const deprecation = '<https://developer.atlassian.com/cloud/confluence/changelog/#CHANGE-1411>; rel="deprecation"';
  const warning = '299 - "inline-marker-ref and inline-original-selection are deprecated"';
  return { ...made, headers: { ...made.headers, warning, link: `${deprecation}, ${made.headers['link']}` } };
}

/** Replies are not among the comments of a page; they hang below the comment that they answer. */
function listOfPage(call: Call, kind: Comment['kind'], type: 'page' | 'blogpost' = 'page'): SimResponse {
  const id = call.path['id'] ?? '';
  if (readable(call.world, call.who, id)?.type !== type) return v2NotFound(type, id);
  const wanted = values(call, 'resolution-status');
  return listComments(
    call,
    kind,
    'page',
    (comment) =>
      comment.containerId === id &&
      comment.parentId === null &&
      (values(call, 'status')?.includes('current') ?? true) &&
      (wanted?.includes(comment.resolution) ?? true),
  );
}

function listReplies(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const asked = call.world.comments.get(id);
  const shown = asked?.kind === 'footer' && readable(call.world, call.who, asked.containerId) !== null;
  if (!shown) return v2NotFound('comment', id);
  return listComments(call, 'footer', 'replies', ({ parentId }) => parentId === id);
}

/** Lists of comments: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-comment/ */
export const commentRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/api/v2/inline-comments',
    query: LISTED,
    handle: (call) => listComments(call, 'inline', 'site', () => true),
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/footer-comments',
    query: LISTED,
    handle: (call) => listComments(call, 'footer', 'site', () => true),
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/pages/{id}/inline-comments',
    path: { id: /^\d+$/ },
    query: { ...OF_PAGE, 'resolution-status': { kind: 'list', of: ['resolved', 'open', 'dangling', 'reopened'] } },
    handle: (call) => listOfPage(call, 'inline'),
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/pages/{id}/footer-comments',
    path: { id: /^\d+$/ },
    query: OF_PAGE,
    handle: (call) => listOfPage(call, 'footer'),
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/blogposts/{id}/footer-comments',
    path: { id: /^\d+$/ },
    query: { ...LISTED, status: { kind: 'list', of: ['current', 'trashed', 'deleted', 'historical', 'draft'] } },
    handle: (call) => listOfPage(call, 'footer', 'blogpost'),
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/footer-comments/{id}/children',
    path: { id: /^\d+$/ },
    query: LISTED,
    handle: listReplies,
  },
];
