import { describe, expect, test } from 'vitest';
import { idsOf, NOW, smallSite } from './small-site.ts';

const names = (body: { results: { name: string }[] }): string[] => body.results.map((label) => label.name).toSorted();

async function labelSite() {
  const small = await smallSite();
  const path = `/wiki/rest/api/content/${small.pages.runbook.id}/label`;
  const add = (...labels: string[]) =>
    small.ask(path, { method: 'POST', json: labels.map((name) => ({ prefix: 'global', name })) });
  const read = () => small.ask(`/wiki/api/v2/pages/${small.pages.runbook.id}/labels`);
  return { ...small, path, add, read };
}

describe('adding labels', () => {
  test('answers with all labels of the page, keeps lower case, and is idempotent', async () => {
    const { add, read, world, pages } = await labelSite();
    const first = await add('DocAudit-Stale', 'tier1');
    const second = await add('docaudit-stale');
    expect(first.status).toBe(200);
    expect(names(first.body)).toEqual(['docaudit-stale', 'runbook', 'tier1']);
    expect(names(second.body)).toEqual(['docaudit-stale', 'runbook', 'tier1']);
    expect(names((await read()).body)).toEqual(['docaudit-stale', 'runbook', 'tier1']);
    expect(world.labelsOf(pages.runbook.id)).toEqual(['docaudit-stale', 'runbook', 'tier1']);
  });

  test('takes a single object as well as a list', async () => {
    const { ask, path } = await labelSite();
    const json = { prefix: 'global', name: 'one' };
    expect(names((await ask(path, { method: 'POST', json })).body)).toEqual(['one', 'runbook']);
  });

  test('makes no version of the page', async () => {
    const { add, world, pages } = await labelSite();
    await add('docaudit-stale');
    expect(world.versionsOf(pages.runbook.id)).toHaveLength(1);
  });

  const BAD = ['two words', 'a,b', 'question?', 'x'.repeat(256)];
  test.for(BAD)('refuses the name "%s"', async (name) => {
    const { add, world, pages } = await labelSite();
    expect((await add('fine', name)).status).toBe(400);
    expect(world.labelsOf(pages.runbook.id)).toEqual(['runbook']);
  });

  test('is forbidden where the account may only read, and "not found" where it may not even do that', async () => {
    const { ask, path, asInes, world, pages, leads } = await labelSite();
    const json = [{ prefix: 'global', name: 'x' }];
    world.setUpdateRestriction(pages.runbook.id, { groups: [leads.id] });
    expect((await ask(path, { method: 'POST', json, as: asInes })).status).toBe(403);
    expect((await ask(path, { method: 'POST', json })).status).toBe(200);
    const hidden = `/wiki/rest/api/content/${pages.secret.id}/label`;
    expect((await ask(hidden, { method: 'POST', json })).status).toBe(404);
  });
});

describe('removing a label', () => {
  test('works by path and by parameter, and twice', async () => {
    const { ask, add, path, world, pages } = await labelSite();
    await add('one', 'two');
    for (const target of [`${path}/one`, `${path}/one`, `${path}?name=two`, `${path}?name=two`]) {
      const { status, body } = await ask(target, { method: 'DELETE' });
      expect([status, body]).toEqual([204, '']);
    }
    expect(world.labelsOf(pages.runbook.id)).toEqual(['runbook']);
  });

  test('with a slash in its name works by parameter only', async () => {
    const { ask, path, world, pages, ines } = await labelSite();
    world.addLabel(pages.runbook.id, 'team/ops', ines.accountId);
    expect((await ask(`${path}/team%2Fops`, { method: 'DELETE' })).status).toBe(400);
    expect((await ask(`${path}?name=team%2Fops`, { method: 'DELETE' })).status).toBe(204);
    expect(world.labelsOf(pages.runbook.id)).toEqual(['runbook']);
  });

  test('is refused on archived content', async () => {
    const { ask, path, world, pages } = await labelSite();
    world.archivePage(pages.runbook.id);
    expect((await ask(`${path}/runbook`, { method: 'DELETE' })).status).toBe(400);
    expect(world.labelsOf(pages.runbook.id)).toEqual(['runbook']);
  });
});

describe('reading labels', () => {
  test('turns a name into an id and the id into pages', async () => {
    const { ask, pages } = await labelSite();
    const found = await ask('/wiki/rest/api/label?name=Runbook&type=page');
    expect(found.body.associatedContents.results).toEqual([
      { contentType: 'page', contentId: Number(pages.runbook.id), title: 'Queue runbook' },
    ]);
    const { id } = found.body.label;
    expect(idsOf(await ask(`/wiki/api/v2/labels/${id}/pages`))).toEqual([pages.runbook.id]);
    expect(idsOf(await ask(`/wiki/api/v2/labels?label-id=${id}`))).toEqual([id]);
  });

  test('knows a name only while something visible carries it; the id stays', async () => {
    const { ask, world, pages } = await labelSite();
    const { id } = (await ask('/wiki/rest/api/label?name=runbook')).body.label;
    world.removeLabel(pages.runbook.id, 'runbook');
    expect((await ask('/wiki/rest/api/label?name=runbook')).status).toBe(404);
    const empty = await ask(`/wiki/api/v2/labels/${id}/pages`);
    expect([empty.status, empty.body.results]).toEqual([200, []]);
    expect((await ask('/wiki/api/v2/labels/1/pages')).status).toBe(404);
  });

  test('shows a fresh label late where the site has a lag', async () => {
    const { add, read, world, setNow } = await labelSite();
    world.options.searchLagMs = 60_000;
    await add('fresh');
    expect(names((await read()).body)).toEqual(['runbook']);
    setNow(new Date(NOW.getTime() + 60_000));
    expect(names((await read()).body)).toEqual(['fresh', 'runbook']);
  });
});
