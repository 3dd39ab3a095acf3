import { describe, expect, test } from 'vitest';
import { idsOf, smallSite } from './small-site.ts';

const WRONG = `Basic ${Buffer.from('audit@small.example:wrong').toString('base64')}`;
const V2_HIDDEN = { errors: [{ status: 404, code: 'NOT_FOUND', title: 'Not Found', detail: null }] };

describe('a credential that is not accepted', () => {
  const BAD: [string, string | null][] = [
    ['a wrong token', WRONG],
    ['none', null],
    ['garbage', 'Basic %%%'],
  ];
  test.for(BAD)('(%s) makes v2 pretend that nothing is there and v1 forbid', async ([, as]) => {
    const { ask } = await smallSite();
    const v2 = await ask('/wiki/api/v2/pages', { as });
    expect([v2.status, v2.body]).toEqual([404, V2_HIDDEN]);
    const search = await ask('/wiki/rest/api/content/search?cql=type%3Dpage', { as });
    expect([search.status, search.body]).toEqual([
      403,
      { message: 'Current user not permitted to use Confluence', statusCode: 403 },
    ]);
    const me = await ask('/wiki/rest/api/user/current', { as });
    expect([me.status, me.body.message]).toEqual([403, 'caller cannot access Confluence']);
  });

  test('is refused by the web server in front where it belongs to the gateway', async () => {
    const { ask, world, audit } = await smallSite();
    world.addGatewayToken({ token: 'scoped', email: 'a@small.example', accountId: audit.accountId, scopes: [] });
    const scoped = `Basic ${Buffer.from('a@small.example:scoped').toString('base64')}`;
    for (const as of ['Bearer secret', scoped]) expect((await ask('/wiki/api/v2/pages', { as })).status).toBe(401);
  });

  test('is one that was revoked, or whose account was deactivated', async () => {
    const { ask, world, audit, asInes } = await smallSite();
    expect((await ask('/wiki/api/v2/pages')).status).toBe(200);
    world.setAccountStatus(audit.accountId, 'inactive');
    expect((await ask('/wiki/api/v2/pages')).status).toBe(404);
    world.revokeToken('ines@small.example');
    expect((await ask('/wiki/api/v2/pages', { as: asInes })).status).toBe(404);
  });

  test('is told nothing even about what a request has wrong', async () => {
    const { ask, site } = await smallSite();
    expect((await ask('/wiki/api/v2/pages?limit=9999', { as: WRONG })).status).toBe(404);
    expect(site.refused).toEqual([]);
  });
});

test('a site with anonymous access shows its public content to a dead credential, with status 200', async () => {
  const { ask, pages } = await smallSite({ anonymousAccess: true });
  for (const as of [WRONG, null]) {
    const list = await ask('/wiki/api/v2/pages', { as });
    expect([list.status, idsOf(list)]).toEqual([200, [pages.open.id]]);
    const me = await ask('/wiki/rest/api/user/current', { as });
    expect([me.status, me.body.type, me.body.accountId]).toEqual([200, 'anonymous', undefined]);
    expect((await ask(`/wiki/api/v2/pages/${pages.runbook.id}`, { as })).status).toBe(404);
  }
});

test('the current user is known by account id, in the record of requests too', async () => {
  const { ask, site, audit } = await smallSite();
  const { body } = await ask('/wiki/rest/api/user/current');
  expect(body).toMatchObject({ type: 'known', accountId: audit.accountId, accountStatus: 'active' });
  await ask('/wiki/rest/api/user/current', { as: null });
  expect(site.requests.map(({ template, status, account }) => [template, status, account])).toEqual([
    ['GET /wiki/rest/api/user/current', 200, audit.accountId],
    ['GET /wiki/rest/api/user/current', 403, null],
  ]);
});

test('the cloud id needs no credential', async () => {
  const { ask, world } = await smallSite();
  expect((await ask('/_edge/tenant_info', { as: null })).body).toEqual({ cloudId: world.cloudId });
});

test('users in bulk leave out the ids that nobody has', async () => {
  const { ask, ines, bot } = await smallSite();
  const json = { accountIds: [ines.accountId, 'nobody', bot.accountId] };
  const { body } = await ask('/wiki/api/v2/users-bulk', { method: 'POST', json });
  expect(body.results.map((user: { accountId: string }) => user.accountId)).toEqual([ines.accountId, bot.accountId]);
  expect(body.results[1]).toMatchObject({ accountType: 'app', accountStatus: 'active', displayName: 'Deploy Bot' });
});

test('groups and their members are listed by offset, with a next link that has no /wiki', async () => {
  const { ask, onCall, leads, ines } = await smallSite();
  const first = await ask('/wiki/rest/api/group?limit=1');
  expect(first.body).toMatchObject({ start: 0, limit: 1, size: 1, results: [{ name: 'sre-oncall', id: onCall.id }] });
  expect(first.body._links.next).toBe('/rest/api/group?next=true&limit=1&start=1');
  const second = await ask(`/wiki${first.body._links.next}`);
  expect(second.body.results[0].id).toBe(leads.id);
  expect(second.body._links.next).toBeUndefined();
  const members = await ask(`/wiki/rest/api/group/${onCall.id}/membersByGroupId?shouldReturnTotalSize=true`);
  expect(members.body).toMatchObject({ size: 1, totalSize: 1, results: [{ accountId: ines.accountId }] });
  expect((await ask('/wiki/rest/api/group/no-such-group/membersByGroupId')).body.results).toEqual([]);
});
