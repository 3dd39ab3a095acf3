import type { EndpointClass } from '../domain/pacing.ts';

/** One operation of the REST API: how it is called, paced and explained. */
export interface Endpoint {
  readonly api: 'v1' | 'v2';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path with `{names}`; this, never the filled path, stands in logs and errors. */
  readonly template: string;
  readonly class: EndpointClass;
  /** True where sending it twice does no harm: reads (also those made by POST), removals, and changes that name their version. */
  readonly repeatable: boolean;
  readonly answers: 'json' | 'nothing';
  readonly scope: string;
  /** What the account must be allowed to do. */
  readonly permission: string;
}

const read = (api: 'v1' | 'v2', template: string, scope: string, permission: string): Endpoint => ({
  api,
  template,
  scope,
  permission,
  method: 'GET',
  class: 'read',
  repeatable: true,
  answers: 'json',
});

/** Removals and changes that name their version may be sent twice; what makes something may not. */
const write = (
  api: 'v1' | 'v2',
  method: 'POST' | 'PUT' | 'DELETE',
  template: string,
  scope: string,
  permission: string,
): Endpoint => ({
  api,
  method,
  template,
  scope,
  permission,
  class: 'write',
  repeatable: method !== 'POST',
  answers: method === 'DELETE' ? 'nothing' : 'json',
});

/**
 * Every operation that this program calls. v2 has no label writes, restrictions, search or permission check, so both
 * versions are needed. https://developer.atlassian.com/cloud/confluence/rest/v2/intro/
 */
export const ENDPOINTS = {
  currentUser: read('v1', '/wiki/rest/api/user/current', 'read:confluence-user', 'use Confluence'),
  spaces: read('v2', '/wiki/api/v2/spaces', 'read:space:confluence', 'view the space'),
  pages: read('v2', '/wiki/api/v2/pages', 'read:page:confluence', 'view the page'),
  pagesInSpace: read('v2', '/wiki/api/v2/spaces/{id}/pages', 'read:page:confluence', 'view the space'),
  blogPosts: read('v2', '/wiki/api/v2/blogposts', 'read:page:confluence', 'view the blog post'),
  folder: read('v2', '/wiki/api/v2/folders/{id}', 'read:folder:confluence', 'view the folder'),
  attachments: read('v2', '/wiki/api/v2/attachments', 'read:attachment:confluence', 'view the page'),
  labelsOf: read('v2', '/wiki/api/v2/pages/{id}/labels', 'read:page:confluence', 'view the page'),
  labelsOfPost: read('v2', '/wiki/api/v2/blogposts/{id}/labels', 'read:page:confluence', 'view the blog post'),
  versions: read('v2', '/wiki/api/v2/pages/{id}/versions', 'read:page:confluence', 'view the page'),
  versionsOfPost: read('v2', '/wiki/api/v2/blogposts/{id}/versions', 'read:page:confluence', 'view the blog post'),
  propertiesOf: read('v2', '/wiki/api/v2/pages/{id}/properties', 'read:page:confluence', 'view the page'),
  // A page without a status is answered with nothing at all.
  statusOf: {
    ...read('v1', '/wiki/rest/api/content/{id}/state', 'read:confluence-content.summary', 'view the page'),
    answers: 'nothing',
  },
  inlineComments: read('v2', '/wiki/api/v2/inline-comments', 'read:comment:confluence', 'view the page'),
  inlineCommentsOf: read('v2', '/wiki/api/v2/pages/{id}/inline-comments', 'read:comment:confluence', 'view the page'),
  footerComments: read('v2', '/wiki/api/v2/footer-comments', 'read:comment:confluence', 'view the page'),
  footerCommentsOf: read('v2', '/wiki/api/v2/pages/{id}/footer-comments', 'read:comment:confluence', 'view the page'),
  tasks: read('v2', '/wiki/api/v2/tasks', 'read:task:confluence', 'view the page'),
  spacePermissions: read('v2', '/wiki/api/v2/spaces/{id}/permissions', 'read:space:confluence', 'view the space'),
  accounts: { ...read('v2', '/wiki/api/v2/users-bulk', 'read:user:confluence', 'view user profiles'), method: 'POST' },
  groups: read('v1', '/wiki/rest/api/group', 'read:confluence-groups', 'view groups'),
  groupMembers: read('v1', '/wiki/rest/api/group/{groupId}/membersByGroupId', 'read:confluence-groups', 'view groups'),
  restrictionsOf: read(
    'v1',
    '/wiki/rest/api/content/{id}/restriction/byOperation',
    'read:confluence-content.all',
    'view the page',
  ),
  search: {
    ...read('v1', '/wiki/rest/api/content/search', 'search:confluence', 'use Confluence'),
    class: 'search',
  },
  countBySearch: {
    ...read('v1', '/wiki/rest/api/search', 'search:confluence', 'use Confluence'),
    class: 'search',
  },
  permissionCheck: {
    ...read(
      'v1',
      '/wiki/rest/api/content/{id}/permission/check',
      'read:confluence-content.permission',
      'administer Confluence',
    ),
    method: 'POST',
    class: 'permission',
  },
  footerComment: read('v2', '/wiki/api/v2/footer-comments/{id}', 'read:comment:confluence', 'view the page'),
  footerCommentsOfPost: read(
    'v2',
    '/wiki/api/v2/blogposts/{id}/footer-comments',
    'read:comment:confluence',
    'view the blog post',
  ),
  repliesTo: read('v2', '/wiki/api/v2/footer-comments/{id}/children', 'read:comment:confluence', 'view the page'),
  page: read('v2', '/wiki/api/v2/pages/{id}', 'read:page:confluence', 'view the page'),
  longTask: read('v1', '/wiki/rest/api/longtask/{taskId}', 'read:confluence-space.summary', 'use Confluence'),
  // The one operation whose classic scope would also allow changing what is read.
  systemInfo: read(
    'v1',
    '/wiki/rest/api/settings/systemInfo',
    'read:configuration:confluence',
    'administer Confluence',
  ),
  addLabel: write('v1', 'POST', '/wiki/rest/api/content/{id}/label', 'write:confluence-content', 'edit the page'),
  removeLabel: write('v1', 'DELETE', '/wiki/rest/api/content/{id}/label', 'write:confluence-content', 'edit the page'),
  addComment: write('v2', 'POST', '/wiki/api/v2/footer-comments', 'write:comment:confluence', 'comment on the page'),
  updateComment: write(
    'v2',
    'PUT',
    '/wiki/api/v2/footer-comments/{id}',
    'write:comment:confluence',
    'comment on the page',
  ),
  removeComment: write(
    'v2',
    'DELETE',
    '/wiki/api/v2/footer-comments/{id}',
    'delete:comment:confluence',
    'delete comments in the space',
  ),
  addProperty: write('v2', 'POST', '/wiki/api/v2/pages/{id}/properties', 'write:page:confluence', 'edit the page'),
  updateProperty: write(
    'v2',
    'PUT',
    '/wiki/api/v2/pages/{id}/properties/{propertyId}',
    'write:page:confluence',
    'edit the page',
  ),
  removeProperty: write(
    'v2',
    'DELETE',
    '/wiki/api/v2/pages/{id}/properties/{propertyId}',
    'write:page:confluence',
    'edit the page',
  ),
  archivePages: write('v1', 'POST', '/wiki/rest/api/content/archive', 'write:confluence-content', 'archive the pages'),
  trashPage: write('v2', 'DELETE', '/wiki/api/v2/pages/{id}', 'delete:page:confluence', 'delete pages in the space'),
  trashPost: write(
    'v2',
    'DELETE',
    '/wiki/api/v2/blogposts/{id}',
    'delete:page:confluence',
    'delete blog posts in the space',
  ),
  restorePage: write('v2', 'PUT', '/wiki/api/v2/pages/{id}', 'write:page:confluence', 'edit pages in the space'),
} as const satisfies Record<string, Endpoint>;
