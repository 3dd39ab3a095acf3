import { isForbiddenError, isNotFoundError } from 'confluence.js';
import { describe, expect, test } from 'vitest';
import { openForeignClient } from './foreign-client.ts';

const { world, crew, v1, v2, walk, trap, ops } = await openForeignClient();

describe('single objects are understood:', () => {
  test('a page with everything in it', async () => {
    const id = Number(trap('attested'));
    const page = await v2.page.getPageById({
      id,
      bodyFormat: 'storage',
      includeLabels: true,
      includeOperations: true,
      includeVersions: true,
    });
    expect(page).toMatchObject({
      id: String(id),
      spaceId: String(ops),
      labels: { results: [{ name: 'runbook' }, {}] },
    });
    await expect(v2.page.getPageById({ id: 4242 })).rejects.toSatisfy(isNotFoundError);
  });

  test('a folder, whose instants come as numbers', async () => {
    const folder = [...world.contents.values()].find(({ type }) => type === 'folder');
    const { createdAt, title } = await v2.folder.getFolderById({ id: Number(folder?.id) });
    expect({ createdAt, title }).toEqual({ createdAt: new Date(folder?.createdAt ?? ''), title: folder?.title });
  });

  test('a space and a label by id', async () => {
    expect((await v2.space.getSpaceById({ id: ops })).key).toBe('OPS');
    const labels = await walk((at) => v2.label.getLabels({ limit: 10, ...at }));
    const runbook = labels.find(({ name }) => name === 'runbook');
    const pages = await v2.page.getLabelPages({ id: Number(runbook?.id), limit: 250 });
    expect(pages.results?.map(({ id }) => id)).toContain(trap('evergreen'));
  });

  test('who is asking, and people in bulk', async () => {
    expect((await v1.users.getCurrentUser()).accountId).toBe(crew.audit.accountId);
    const accountIds = [crew.bot.accountId, crew.leaver.accountId];
    const found = await v2.user.createBulkUserLookup({ body: { accountIds } });
    expect(found.results?.map(({ accountId }) => accountId)).toEqual(accountIds);
  });

  test('groups and their members', async () => {
    const groups = await v1.group.getGroups({ limit: 200 });
    expect(groups.results.map(({ name }) => name)).toContain('sre-oncall');
    const members = await v1.group.getGroupMembersByGroupId({ groupId: crew.onCall.id });
    expect(members.results.map(({ accountId }) => accountId)).toEqual([...crew.onCall.members]);
  });
});

const mayOnCallRead = (id: string) =>
  v1.contentPermissions.checkContentPermission({
    id,
    subject: { type: 'group', identifier: crew.onCall.id },
    operation: 'read',
  });

describe('v1 alone can', () => {
  test('add labels and take them off again', async () => {
    const id = trap('neverEdited');
    const names = async () => (await v2.label.getPageLabels({ id: Number(id) })).results?.map(({ name }) => name);
    const before = await names();
    const added = await v1.contentLabels.addLabelsToContent({
      id,
      body: [{ prefix: 'global', name: 'docaudit-stale' }],
    });
    expect(added.results.map(({ name }) => name)).toContain('docaudit-stale');
    expect(await names()).toEqual([...(before ?? []), 'docaudit-stale']);
    const carriers = await v1.labelInfo.getAllLabelContent({ name: 'docaudit-stale', type: 'page' });
    expect(carriers.associatedContents?.results?.map(({ contentId }) => String(contentId))).toContain(id);
    await v1.contentLabels.removeLabelFromContentUsingQueryParameter({ id, name: 'docaudit-stale' });
    expect(await names()).toEqual(before);
    const locked = { id: trap('staleAndNotLabelable'), body: [{ prefix: 'global', name: 'x' }] };
    await expect(v1.contentLabels.addLabelsToContent(locked)).rejects.toSatisfy(isForbiddenError);
  });

  test('tell restrictions, in all three forms', async () => {
    const id = trap('restrictedToOnCall');
    const expand = ['restrictions.user', 'restrictions.group'];
    const both = await v1.contentRestrictions.getRestrictionsByOperation({ id, expand });
    const names = both.read?.restrictions?.group?.results.map(({ name }) => name);
    expect(names).toEqual(['sre-oncall', 'platform']);
    expect(both.update?.restrictions?.group?.results).toEqual([]);
    const one = await v1.contentRestrictions.getRestrictionsForOperation({ id, operationKey: 'read', expand });
    expect(one.restrictions?.group?.results).toHaveLength(2);
    expect((await v1.contentRestrictions.getRestrictions({ id })).results.map(({ operation }) => operation)).toEqual([
      'read',
      'update',
    ]);
  });

  test('check the permission of somebody else', async () => {
    expect((await mayOnCallRead(trap('restrictedToOnCall'))).hasPermission).toBe(true);
    expect((await mayOnCallRead(trap('underRestrictedParent'))).hasPermission).toBe(false);
  });
});
