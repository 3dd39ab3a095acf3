import { showContent } from '../wire/v2-content.ts';
import { readableContents } from '../world/lookup.ts';
import { type Content, newestVersion } from '../world/model.ts';
import { canReadSpace } from '../world/visibility.ts';
import { type SimResponse, v2NotFound } from './answers.ts';
import { type Keys, keysetPage } from './keyset.ts';
import { type Call, limit, list, type Param, type Route, text } from './route.ts';

export const CONTENT_KEYS: Keys<Content> = {
  id: (content) => Number(content.id),
  'created-date': (content) => content.createdAt,
  'modified-date': (content) => newestVersion(content).createdAt,
  title: (content) => content.title,
};

const BLOG_SORTS = ['id', '-id', 'created-date', '-created-date', 'modified-date', '-modified-date'];
export const PAGE_SORTS = [...BLOG_SORTS, 'title', '-title'];

/** The format in which bodies come; the spec has a second one, which is not simulated. */
export const BODY_FORMAT: Param = { kind: 'choice', of: ['storage'] };

const LISTED = {
  title: { kind: 'text' },
  'body-format': BODY_FORMAT,
  cursor: { kind: 'cursor' },
  limit: limit(25, 250),
} as const satisfies Record<string, Param>;

const PAGES = {
  ...LISTED,
  sort: { kind: 'choice', of: PAGE_SORTS },
  status: { kind: 'list', of: ['current', 'archived', 'deleted', 'trashed'] },
} as const satisfies Record<string, Param>;

// A blog post cannot be archived.
const POSTS = {
  ...LISTED,
  sort: { kind: 'choice', of: BLOG_SORTS },
  status: { kind: 'list', of: ['current', 'deleted', 'trashed'] },
} as const satisfies Record<string, Param>;

const SITE_WIDE = {
  id: { kind: 'list', of: 'id', max: 250 },
  'space-id': { kind: 'list', of: 'id', max: 100 },
} as const satisfies Record<string, Param>;

function listContents(call: Call, type: 'page' | 'blogpost', within: (content: Content) => boolean): SimResponse {
  const statuses = list(call, 'status') ?? (type === 'page' ? ['current', 'archived'] : ['current']);
  const title = text(call, 'title')?.toLowerCase();
  const subtype = text(call, 'subtype');
  const rows = readableContents(call.world, call.who, type).filter(
    (content) =>
      statuses.includes(content.status) &&
      (title === undefined || content.title.toLowerCase() === title) &&
      (subtype === undefined || (content.subtype ?? 'page') === subtype) &&
      (list(call, 'id')?.includes(content.id) ?? true) &&
      (list(call, 'space-id')?.includes(content.spaceId) ?? true) &&
      within(content),
  );
  const withBody = text(call, 'body-format') !== undefined;
  return keysetPage(call, rows, { keys: CONTENT_KEYS, byDefault: 'id' }, (content) =>
    showContent(call.world, content, withBody),
  );
}

function listInSpace(call: Call, type: 'page' | 'blogpost'): SimResponse {
  const id = call.path['id'] ?? '';
  const space = call.world.spaces.get(id);
  if (space === undefined || !canReadSpace(call.world, call.who, space)) return v2NotFound('space', id);
  const rootOnly = text(call, 'depth') === 'root';
  return listContents(call, type, (each) => each.spaceId === id && (!rootOnly || each.parentId === null));
}

/** Lists of pages and blog posts: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/ */
export const contentListRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/api/v2/pages',
    query: { ...SITE_WIDE, ...PAGES, subtype: { kind: 'choice', of: ['live', 'page'] } },
    handle: (call) => listContents(call, 'page', () => true),
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/spaces/{id}/pages',
    path: { id: /^\d+$/ },
    query: { ...PAGES, depth: { kind: 'choice', of: ['all', 'root'] } },
    handle: (call) => listInSpace(call, 'page'),
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/blogposts',
    query: { ...SITE_WIDE, ...POSTS },
    handle: (call) => listContents(call, 'blogpost', () => true),
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/spaces/{id}/blogposts',
    path: { id: /^\d+$/ },
    query: POSTS,
    handle: (call) => listInSpace(call, 'blogpost'),
  },
];
