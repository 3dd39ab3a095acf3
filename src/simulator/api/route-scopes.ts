const readPage = [['read:page:confluence']];
const readSpace = [['read:space:confluence']];
const readComment = [['read:comment:confluence']];
const readAttachment = [['read:attachment:confluence']];
const writeComment = [['write:comment:confluence']];
const deletePage = [['delete:page:confluence']];
const writeProperty = [['read:page:confluence', 'write:page:confluence']];
const readRestrictions = [['read:confluence-content.all'], ['read:content-details:confluence']];
const details = 'read:content-details:confluence';

/**
 * The scopes that each route takes: one of the lists, all of its scopes. v1 takes its classic scope or granular ones.
 * https://developer.atlassian.com/cloud/confluence/scopes-for-oauth-2-3LO-and-forge-apps/
 */
export const SCOPES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'GET /wiki/api/v2/spaces': readSpace,
  'GET /wiki/api/v2/spaces/{id}': readSpace,
  'GET /wiki/api/v2/spaces/{id}/permissions': readSpace,
  'GET /wiki/api/v2/pages': readPage,
  'GET /wiki/api/v2/spaces/{id}/pages': readPage,
  'GET /wiki/api/v2/blogposts': readPage,
  'GET /wiki/api/v2/spaces/{id}/blogposts': readPage,
  'GET /wiki/api/v2/pages/{id}': readPage,
  'GET /wiki/api/v2/pages/{id}/versions': readPage,
  'GET /wiki/api/v2/blogposts/{id}/versions': readPage,
  'GET /wiki/api/v2/pages/{id}/properties': readPage,
  'GET /wiki/rest/api/content/{id}/state': [['read:confluence-content.summary'], ['read:content-details:confluence']],
  'GET /wiki/api/v2/folders/{id}': [['read:folder:confluence']],
  'GET /wiki/api/v2/attachments': readAttachment,
  'GET /wiki/api/v2/pages/{id}/attachments': readAttachment,
  'GET /wiki/api/v2/labels': [['read:label:confluence']],
  'GET /wiki/api/v2/labels/{id}/pages': readPage,
  'GET /wiki/api/v2/pages/{id}/labels': readPage,
  'GET /wiki/api/v2/blogposts/{id}/labels': readPage,
  'GET /wiki/api/v2/inline-comments': readComment,
  'GET /wiki/api/v2/footer-comments': readComment,
  'GET /wiki/api/v2/pages/{id}/inline-comments': readComment,
  'GET /wiki/api/v2/pages/{id}/footer-comments': readComment,
  'GET /wiki/api/v2/blogposts/{id}/footer-comments': readComment,
  'GET /wiki/api/v2/footer-comments/{id}': readComment,
  'GET /wiki/api/v2/footer-comments/{id}/children': readComment,
  'POST /wiki/api/v2/footer-comments': writeComment,
  'PUT /wiki/api/v2/footer-comments/{id}': writeComment,
  'DELETE /wiki/api/v2/footer-comments/{id}': [['delete:comment:confluence']],
  'POST /wiki/api/v2/pages/{id}/properties': writeProperty,
  'PUT /wiki/api/v2/pages/{id}/properties/{propertyId}': writeProperty,
  'DELETE /wiki/api/v2/pages/{id}/properties/{propertyId}': writeProperty,
  'DELETE /wiki/api/v2/pages/{id}': deletePage,
  'DELETE /wiki/api/v2/blogposts/{id}': deletePage,
  'PUT /wiki/api/v2/pages/{id}': [['write:page:confluence']],
  'POST /wiki/rest/api/content/archive': [
    ['write:confluence-content'],
    ['read:content.metadata:confluence', 'write:page:confluence'],
  ],
  'GET /wiki/rest/api/longtask/{id}': [['read:confluence-space.summary'], ['read:content.metadata:confluence']],
  'GET /wiki/rest/api/settings/systemInfo': [['manage:confluence-configuration'], ['read:configuration:confluence']],
  'GET /wiki/api/v2/tasks': [['read:task:confluence']],
  'POST /wiki/api/v2/users-bulk': [['read:user:confluence']],
  'POST /wiki/rest/api/content/{id}/label': [
    ['write:confluence-content'],
    ['read:label:confluence', 'write:label:confluence'],
  ],
  'DELETE /wiki/rest/api/content/{id}/label': [['write:confluence-content'], ['write:label:confluence']],
  'DELETE /wiki/rest/api/content/{id}/label/{label}': [['write:confluence-content'], ['write:label:confluence']],
  'GET /wiki/rest/api/label': [
    ['read:confluence-content.summary'],
    ['read:label:confluence', 'read:content:confluence'],
  ],
  'GET /wiki/rest/api/content/{id}/restriction': readRestrictions,
  'GET /wiki/rest/api/content/{id}/restriction/byOperation': readRestrictions,
  'GET /wiki/rest/api/content/{id}/restriction/byOperation/{operationKey}': readRestrictions,
  'POST /wiki/rest/api/content/{id}/permission/check': [
    ['read:confluence-content.permission'],
    ['read:content.permission:confluence'],
  ],
  'GET /wiki/rest/api/content/search': [['search:confluence'], [details]],
  'GET /wiki/rest/api/search': [['search:confluence'], [details]],
  'GET /wiki/rest/api/user/current': [['read:confluence-user'], [details]],
  'GET /wiki/rest/api/group': [['read:confluence-groups'], ['read:group:confluence']],
  'GET /wiki/rest/api/group/{groupId}/membersByGroupId': [
    ['read:confluence-groups'],
    ['read:group:confluence', 'read:user:confluence'],
  ],
};
