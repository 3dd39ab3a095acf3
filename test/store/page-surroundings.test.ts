import { beforeAll, expect, test } from 'vitest';
import type { Page } from '../../src/domain/inventory.ts';
import { markGone, saveLabelsAndRestrictions, upsertPages } from '../../src/store/pages.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { examplePage, listedRun, readAll } from './examples.ts';

const everyone = { users: [], groups: [] };

const child = (id: string, parentId: string, parentType = 'page') => examplePage({ id, parentId, parentType });

eachDatabase('the chain of restrictions', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });

  const plant = async (tenantId: string, pages: readonly Page[]) => {
    await listedRun(
      db.store,
      tenantId,
      pages.map(({ id }) => id),
    );
    await db.store.withTenant(tenantId, (tx) => upsertPages(tx, { runId: 'r', pages }));
  };
  const restrict = (tenantId: string, pageIds: readonly string[], groups: Record<string, string[]>) =>
    db.store.withTenant(tenantId, (tx) =>
      saveLabelsAndRestrictions(tx, {
        runId: 'r',
        rows: pageIds.map((pageId) => ({
          pageId,
          labels: [],
          read: { users: [], groups: groups[pageId] ?? [] },
          update: everyone,
          truncated: false,
        })),
      }),
    );
  const chainOf = async (tenantId: string, id: string) =>
    (await readAll(db.store, tenantId)).find(({ page }) => page.id === id)?.restrictions;

  test('holds the nodes with a list of their own, nearest first, and is complete at a root', async () => {
    const pages = [examplePage({ id: '1' }), child('2', '1'), child('3', '2'), child('4', '3')];
    await plant('tree', pages);
    await restrict('tree', ['1', '2', '3', '4'], { 1: ['admins'], 3: ['ops', 'dev'], 4: ['sre'] });
    const found = await chainOf('tree', '4');
    expect(found).toMatchObject({ chainComplete: true, known: true });
    expect(found?.chain.map(({ pageId, read }) => [pageId, read.groups])).toEqual([
      ['4', ['sre']],
      ['3', ['dev', 'ops']],
      ['1', ['admins']],
    ]);
  });

  test.each([
    ['an ancestor is not in the inventory', [child('2', '1')]],
    ['the way leads through a folder', [examplePage({ id: '1' }), child('2', '9', 'folder')]],
    ["two pages are each other's parent", [child('1', '2'), child('2', '1')]],
  ])('is incomplete where %s', async (name, pages) => {
    await plant(name, pages);
    await restrict(name, ['1', '2'], {});
    expect(await chainOf(name, '2')).toEqual({ chain: [], chainComplete: false, known: true });
  });

  test('is incomplete where an ancestor is gone, or its own lists are not known', async () => {
    const pages = [examplePage({ id: '1' }), child('2', '1'), examplePage({ id: '3' }), child('4', '3')];
    await plant('broken', pages);
    await restrict('broken', ['1', '2', '4'], {});
    expect((await chainOf('broken', '2'))?.chainComplete).toBe(true);
    expect((await chainOf('broken', '4'))?.chainComplete).toBe(false);
    await db.store.withTenant('broken', (tx) => markGone(tx, { runId: 'r', pageIds: ['1'], because: 'trashed' }));
    expect((await chainOf('broken', '2'))?.chainComplete).toBe(false);
  });
});
