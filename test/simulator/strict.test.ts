import { expect, test } from 'vitest';
import { smallSite } from './small-site.ts';

const LABEL = '/wiki/rest/api/content/65564/label';
const CHECK = '/wiki/rest/api/content/65564/permission/check';

const REFUSED: [string, string, string, unknown, number][] = [
  ['an unknown path', 'GET', '/wiki/api/v2/pages/1/restrictions', undefined, 404],
  ['a path without /wiki', 'GET', '/api/v2/pages', undefined, 404],
  ['a doubled /wiki', 'GET', '/wiki/wiki/api/v2/pages', undefined, 404],
  ['a method that the path lacks', 'DELETE', '/wiki/api/v2/pages', undefined, 405],
  ['a purge', 'DELETE', '/wiki/api/v2/pages/1?purge=true', undefined, 400],
  ['an edit without a version', 'PUT', '/wiki/api/v2/pages/1', { id: '1', status: 'current', title: 'x' }, 400],
  ['a page to archive by its name', 'POST', '/wiki/rest/api/content/archive', { pages: [{ id: 'x' }] }, 400],
  ['an unknown parameter', 'GET', '/wiki/api/v2/pages?expand=body', undefined, 400],
  ['a parameter of another list', 'GET', '/wiki/api/v2/blogposts?subtype=live', undefined, 400],
  ['a limit of zero', 'GET', '/wiki/api/v2/pages?limit=0', undefined, 400],
  ['a limit over the maximum', 'GET', '/wiki/api/v2/pages?limit=251', undefined, 400],
  ['a limit that is no number', 'GET', '/wiki/api/v2/pages?limit=ten', undefined, 400],
  ['over 200 members at a time', 'GET', '/wiki/rest/api/group/x/membersByGroupId?limit=201', undefined, 400],
  ['an unknown sort', 'GET', '/wiki/api/v2/pages?sort=modified', undefined, 400],
  ['the status draft in a list', 'GET', '/wiki/api/v2/pages?status=draft', undefined, 400],
  ['archived blog posts', 'GET', '/wiki/api/v2/blogposts?status=archived', undefined, 400],
  ['an id that is no number', 'GET', '/wiki/api/v2/pages/att12', undefined, 400],
  ['a list id that is no number', 'GET', '/wiki/api/v2/pages?id=12,x', undefined, 400],
  ['too many ids', 'GET', `/wiki/api/v2/pages?space-id=${'1,'.repeat(101)}`, undefined, 400],
  ['a flag that is neither', 'GET', '/wiki/api/v2/spaces?include-icon=yes', undefined, 400],
  ['a parameter given twice', 'GET', '/wiki/api/v2/pages?limit=5&limit=6', undefined, 400],
  ['a missing parameter', 'GET', '/wiki/rest/api/content/search', undefined, 400],
  ['an unknown expansion', 'GET', '/wiki/rest/api/content/search?cql=type%3Dpage&expand=labels', undefined, 400],
  ['an unknown operation', 'GET', '/wiki/rest/api/content/1/restriction/byOperation/delete', undefined, 400],
  ['a body of the wrong type', 'POST', LABEL, 'stale', 400],
  ['a body with an unknown key', 'POST', LABEL, [{ prefix: 'global', name: 'x', id: '1' }], 400],
  ['a body without a required key', 'POST', LABEL, [{ name: 'x' }], 400],
  ['too many accounts', 'POST', '/wiki/api/v2/users-bulk', { accountIds: Array.from({ length: 251 }, String) }, 400],
  ['no accounts', 'POST', '/wiki/api/v2/users-bulk', { accountIds: [] }, 400],
  ['a body that is not JSON', 'POST', LABEL, undefined, 415],
  ['an unknown subject', 'POST', CHECK, { subject: { type: 'role', identifier: 'x' }, operation: 'read' }, 400],
];

test.for(REFUSED)('%s is refused and recorded', async ([, method, target, json, status]) => {
  const { ask, site } = await smallSite();
  const reply = await ask(target, { method, ...(json === undefined ? {} : { json }) });
  expect(reply.status).toBe(status);
  expect(site.refused).toEqual([{ method, path: target.split('?')[0], why: expect.stringMatching(/./) }]);
});

test('what the spec allows is not recorded', async () => {
  const { ask, site, pages } = await smallSite();
  await ask('/wiki/api/v2/pages?limit=250&status=current,archived,trashed&sort=-modified-date&body-format=storage');
  await ask(`/wiki/api/v2/pages/${pages.runbook.id}?include-labels=true&include-versions=true`);
  await ask('/wiki/api/v2/pages/999');
  expect(site.refused).toEqual([]);
  expect(site.requests).toHaveLength(3);
});
