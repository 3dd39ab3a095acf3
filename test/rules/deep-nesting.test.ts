import { beforeAll, expect, test } from 'vitest';
import rule from '../../src/rules/deep-nesting.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { type GraphPage, judgeGraph } from '../link-graph.ts';

/** A line of pages, each below the one before. */
const line = (length: number, first: string | null = null): GraphPage[] =>
  Array.from({ length }, (_, index) => ({
    id: `p${index}`,
    parentId: index === 0 ? first : `p${index - 1}`,
    parentType: 'page',
  }));
const broad = (count: number): GraphPage[] => [
  { id: 'top' },
  ...Array.from({ length: count }, (_, index) => ({ id: `c${index}`, parentId: 'top', parentType: 'page' })),
];

eachDatabase('deep-nesting', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  const judge = (tenant: string, pages: readonly GraphPage[], options = {}) =>
    judgeGraph(db.store, tenant, rule, { pages, options });

  test('finds the pages with more than eight ancestors', async () => {
    expect(await judge('nine', line(9))).toEqual([]);
    expect(await judge('ten', line(11))).toMatchObject([
      { pageId: 'p10', status: 'fail', reason: 'The page has 10 ancestors (limit 8).', evidence: { depth: 10 } },
      { pageId: 'p9', status: 'fail', severity: 'info', reason: 'The page has 9 ancestors (limit 8).' },
    ]);
  });

  test('finds a page with more than two hundred children', async () => {
    expect(await judge('200', broad(200))).toEqual([]);
    expect(await judge('201', broad(201))).toMatchObject([
      { pageId: 'top', reason: '201 pages stand right below the page (limit 200).', evidence: { children: 201 } },
    ]);
  });

  test('says both of one page in one finding', async () => {
    const found = await judge('both', [...line(3), { id: 'x', parentId: 'p2', parentType: 'page' }], {
      maxDepth: 1,
      maxChildren: 1,
    });
    expect(found.map(({ reason }) => reason)).toEqual([
      'The page has 2 ancestors (limit 1).',
      'The page has 3 ancestors (limit 1).',
    ]);
    const wide = await judge(
      'wide',
      [...line(2), ...['x', 'y'].map((id) => ({ id, parentId: 'p1', parentType: 'page' }))],
      { maxDepth: 1, maxChildren: 1 },
    );
    expect(wide.map(({ pageId }) => pageId)).toEqual(['p1', 'x', 'y']);
  });

  test('counts what is known above a page whose ancestor is out of sight', async () => {
    expect(await judge('hidden', line(8, 'unseen'))).toEqual([]);
    expect(await judge('hidden deep', line(9, 'unseen'))).toMatchObject([{ pageId: 'p8', evidence: { depth: 9 } }]);
  });

  test('counts folders', async () => {
    const found = await judgeGraph(db.store, 'folders', rule, {
      options: { maxDepth: 1 },
      folders: [
        { id: 'f1', parentId: null },
        { id: 'f2', parentId: 'f1' },
      ],
      pages: [{ id: 'p', parentId: 'f2', parentType: 'folder' }],
    });
    expect(found).toMatchObject([{ pageId: 'p', evidence: { depth: 2 } }]);
  });

  test('does not enter a ring, nor a page below itself, and ends after two hundred levels', async () => {
    const ring = line(12).map((page) => (page.id === 'p0' ? { ...page, parentId: 'p11' } : page));
    expect(await judge('ring', [...ring, { id: 'self', parentId: 'self', parentType: 'page' }])).toEqual([]);
    expect(await judge('endless', line(300))).toHaveLength(192);
  });
});
