import { describe, expect, test } from 'vitest';
import { daysAgo, idsOf, smallSite } from './small-site.ts';

describe('what the account may not see', () => {
  test('is missing from lists without a trace', async () => {
    const { ask, pages, asInes } = await smallSite();
    const hers = idsOf(await ask('/wiki/api/v2/pages', { as: asInes }));
    const ours = idsOf(await ask('/wiki/api/v2/pages'));
    expect(ours).not.toContain(pages.secret.id);
    expect(ours).toContain(pages.below.id);
    expect(hers).toContain(pages.secret.id);
    expect(hers).not.toContain(pages.locked.id);
    expect(hers).not.toContain(pages.below.id);
    expect((await ask('/wiki/api/v2/spaces')).body.results.map((space: { key: string }) => space.key)).toEqual([
      'OPS',
      'DOCS',
    ]);
  });

  test('is "not found" by id, like what never was', async () => {
    const { ask, pages } = await smallSite();
    for (const id of [pages.secret.id, '999999999999']) {
      const { status, body } = await ask(`/wiki/api/v2/pages/${id}`);
      expect(status).toBe(404);
      expect(body).toEqual({
        errors: [{ status: 404, code: 'NOT_FOUND', title: `Cannot find a page with id [${id}]`, detail: null }],
      });
    }
  });

  test('has invisible attachments', async () => {
    const { ask, world, pages, ines } = await smallSite();
    const file = { title: 'a.png', mediaType: 'image/png', fileSize: 1, by: ines.accountId, at: daysAgo(1) };
    world.addAttachment(pages.secret.id, file);
    const shown = world.addAttachment(pages.runbook.id, file);
    expect(idsOf(await ask('/wiki/api/v2/attachments'))).toEqual([shown.id]);
  });

  test('can be a single node in the middle of a branch', async () => {
    const { ask, world, pages, audit } = await smallSite();
    world.hidePageFrom(pages.locked.id, audit.accountId);
    const ids = idsOf(await ask('/wiki/api/v2/pages'));
    expect(ids).not.toContain(pages.locked.id);
    expect(ids).toContain(pages.below.id);
    world.showPageTo(pages.locked.id, audit.accountId);
    expect(idsOf(await ask('/wiki/api/v2/pages'))).toContain(pages.locked.id);
  });

  test('grows when a space is closed', async () => {
    const { ask, world, ines } = await smallSite();
    const closed = { everyone: false, anonymous: false, users: [ines.accountId], groups: [] };
    world.setSpaceAccess('OPS', { readers: closed });
    expect((await ask('/wiki/api/v2/pages')).body.results).toHaveLength(1);
  });
});

describe('the status of a page', () => {
  test('archived is listed by default, keeps its parent, and can be asked for', async () => {
    const { ask, world, pages } = await smallSite();
    world.archivePage(pages.runbook.id);
    const all = await ask('/wiki/api/v2/pages');
    expect(all.body.results.find((row: { id: string }) => row.id === pages.runbook.id)).toMatchObject({
      status: 'archived',
      parentId: pages.home.id,
    });
    expect(idsOf(await ask('/wiki/api/v2/pages?status=archived'))).toEqual([pages.runbook.id]);
    expect(idsOf(await ask('/wiki/api/v2/pages?status=current'))).not.toContain(pages.runbook.id);
  });

  test('trashed is out of lists, has lost its place, and still answers by id', async () => {
    const { ask, world, pages } = await smallSite();
    world.trashPage(pages.locked.id);
    expect(idsOf(await ask('/wiki/api/v2/pages'))).not.toContain(pages.locked.id);
    expect(idsOf(await ask('/wiki/api/v2/pages?status=trashed'))).toEqual([pages.locked.id]);
    expect((await ask(`/wiki/api/v2/pages/${pages.locked.id}`)).body).toMatchObject({
      status: 'trashed',
      parentId: null,
      parentType: null,
      position: null,
    });
    expect((await ask(`/wiki/api/v2/pages/${pages.below.id}`)).body.parentId).toBe(pages.home.id);
  });

  test('purged is gone', async () => {
    const { ask, world, pages } = await smallSite();
    world.purgePage(pages.locked.id);
    expect((await ask(`/wiki/api/v2/pages/${pages.locked.id}`)).status).toBe(404);
    expect((await ask('/wiki/api/v2/pages?status=trashed')).body.results).toEqual([]);
  });

  test('draft is for its author, and only when asked for', async () => {
    const { ask, world, audit, ines } = await smallSite();
    const mine = world.addPage({ space: 'OPS', title: 'Mine', by: audit.accountId, at: daysAgo(1), status: 'draft' });
    const hers = world.addPage({ space: 'OPS', title: 'Hers', by: ines.accountId, at: daysAgo(1), status: 'draft' });
    expect(idsOf(await ask('/wiki/api/v2/pages'))).not.toContain(mine.id);
    expect((await ask(`/wiki/api/v2/pages/${mine.id}`)).status).toBe(404);
    expect((await ask(`/wiki/api/v2/pages/${mine.id}?get-draft=true`)).status).toBe(200);
    expect((await ask(`/wiki/api/v2/pages/${hers.id}?get-draft=true`)).status).toBe(404);
  });

  test('of an attachment follows its page', async () => {
    const { ask, world, pages, ines } = await smallSite();
    const given = { title: 'a.png', mediaType: 'image/png', fileSize: 1, by: ines.accountId, at: daysAgo(1) };
    const file = world.addAttachment(pages.runbook.id, given);
    world.archivePage(pages.runbook.id);
    expect((await ask('/wiki/api/v2/attachments')).body.results[0]).toMatchObject({ id: file.id, status: 'archived' });
    world.restorePage(pages.runbook.id);
    world.removeAttachment(file.id);
    expect((await ask('/wiki/api/v2/attachments')).body.results).toEqual([]);
    expect(idsOf(await ask('/wiki/api/v2/attachments?status=trashed'))).toEqual([file.id]);
  });
});
