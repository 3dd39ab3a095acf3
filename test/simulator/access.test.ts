import { describe, expect, test } from 'vitest';
import { smallSite } from './small-site.ts';

const at = (id: string): string => `/wiki/rest/api/content/${id}/permission/check`;
const restriction = (id: string): string => `/wiki/rest/api/content/${id}/restriction`;

describe('restrictions', () => {
  test('of an open page are two empty lists', async () => {
    const { ask, pages } = await smallSite();
    const { body } = await ask(restriction(pages.runbook.id));
    expect(body.results.map((each: { operation: string }) => each.operation)).toEqual(['read', 'update']);
    expect(body.results[0].restrictions).toEqual({
      user: { results: [], start: 0, limit: 100, size: 0 },
      group: { results: [], start: 0, limit: 100, size: 0 },
    });
    expect(body.restrictionsHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('are shown by each node for itself only, so a child of a restricted page shows none', async () => {
    const { ask, pages, leads } = await smallSite();
    const parent = await ask(`${restriction(pages.locked.id)}/byOperation`);
    const child = await ask(`${restriction(pages.below.id)}/byOperation`);
    expect(parent.body.read.restrictions.group.results).toMatchObject([{ id: leads.id, name: 'leads', type: 'group' }]);
    expect(parent.body.update.restrictions.group.results).toEqual([]);
    expect(child.body.read.restrictions.group.results).toEqual([]);
    expect(Object.keys(parent.body).toSorted()).toEqual(['_links', 'read', 'update']);
  });

  test('of one operation come in windows', async () => {
    const { ask, world, pages, ines, bot, audit } = await smallSite();
    world.setReadRestriction(pages.home.id, { users: [ines.accountId, bot.accountId, audit.accountId] });
    const { body } = await ask(`${restriction(pages.home.id)}/byOperation/read?start=1&limit=1`);
    expect(body.operation).toBe('read');
    expect(body.restrictions.user).toMatchObject({
      start: 1,
      limit: 1,
      size: 1,
      results: [{ accountId: bot.accountId }],
    });
  });

  test('name groups and accounts that are gone', async () => {
    const { ask, world, pages, leads } = await smallSite();
    world.setUpdateRestriction(pages.runbook.id, { users: ['gone too'], groups: ['gone', leads.id] });
    const { body } = await ask(`${restriction(pages.runbook.id)}/byOperation/update`);
    expect(body.restrictions.group.results.map((group: { id: string }) => group.id)).toEqual(['gone', leads.id]);
    expect(body.restrictions.user.results).toEqual([{ type: 'unknown', accountId: 'gone too' }]);
  });

  test('change their hash with either list, and make no version', async () => {
    const { ask, world, pages, ines } = await smallSite();
    const hash = async (): Promise<string> => (await ask(restriction(pages.runbook.id))).body.restrictionsHash;
    const before = await hash();
    world.setUpdateRestriction(pages.runbook.id, { users: [ines.accountId] });
    expect(await hash()).not.toBe(before);
    expect(world.versionsOf(pages.runbook.id)).toHaveLength(1);
  });

  test('of an invisible page are "not found"', async () => {
    const { ask, pages } = await smallSite();
    for (const form of ['', '/byOperation', '/byOperation/read']) {
      const { status, body } = await ask(restriction(pages.secret.id) + form);
      expect([status, body.statusCode]).toEqual([404, 404]);
    }
  });
});

describe('the permission check', () => {
  type Kind = 'user' | 'group';
  const check = (type: Kind, identifier: string, operation = 'read') => ({
    method: 'POST',
    json: { subject: { type, identifier }, operation },
  });

  test('answers 200 with a denial where a restriction of an ancestor keeps a group out', async () => {
    const { ask, pages, onCall, leads } = await smallSite();
    const denied = await ask(at(pages.below.id), check('group', onCall.id));
    const allowed = await ask(at(pages.below.id), check('group', leads.id));
    expect([denied.status, denied.body.hasPermission, denied.body.errors.length]).toEqual([200, false, 1]);
    expect([allowed.status, allowed.body.hasPermission, allowed.body.errors]).toEqual([200, true, []]);
  });

  test('asks the site and the space too', async () => {
    const { ask, world, pages, onCall, leads, ines } = await smallSite();
    const may = async (type: Kind, identifier: string) =>
      (await ask(at(pages.runbook.id), check(type, identifier))).body.hasPermission;
    expect(await may('group', onCall.id)).toBe(true);
    world.setSpaceAccess('OPS', { readers: { everyone: false, anonymous: false, users: [], groups: [leads.id] } });
    expect(await may('group', onCall.id)).toBe(false);
    expect(await may('group', leads.id)).toBe(true);
    leads.siteAccess = false;
    expect(await may('group', leads.id)).toBe(false);
    world.setSpaceAccess('OPS', { readers: { everyone: true, anonymous: false, users: [], groups: [] } });
    expect(await may('user', ines.accountId)).toBe(true);
    expect(await may('user', 'anonymous')).toBe(false);
    world.setAccountStatus(ines.accountId, 'inactive');
    expect(await may('user', ines.accountId)).toBe(false);
  });

  test('narrows editing by the own list of the page, not by those above it', async () => {
    const { ask, world, pages, onCall, leads } = await smallSite();
    world.setUpdateRestriction(pages.home.id, { groups: [leads.id] });
    const may = async (id: string) => (await ask(at(id), check('group', onCall.id, 'update'))).body.hasPermission;
    expect(await may(pages.home.id)).toBe(false);
    expect(await may(pages.runbook.id)).toBe(true);
  });

  test('of others is for Confluence administrators; of oneself for everybody', async () => {
    const { ask, pages, asInes, ines, onCall } = await smallSite();
    const others = await ask(at(pages.home.id), { ...check('group', onCall.id), as: asInes });
    const own = await ask(at(pages.home.id), { ...check('user', ines.accountId), as: asInes });
    expect([others.status, others.body.statusCode]).toEqual([403, 403]);
    expect([own.status, own.body.hasPermission]).toEqual([200, true]);
  });

  test('refuses a subject that does not exist', async () => {
    const { ask, pages } = await smallSite();
    expect((await ask(at(pages.home.id), check('group', 'no-such-group'))).status).toBe(400);
  });
});
