import { beforeAll, expect, test } from 'vitest';
import rule from '../../src/rules/orphan-page.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { address, type GraphPage, include, judgeGraph, linkTo } from '../link-graph.ts';

const HOME: GraphPage = { id: '1', title: 'Home' };
const LOST: GraphPage = { id: '2', title: 'Lost page' };
const below = (page: GraphPage, parentId: string, parentType = 'page'): GraphPage => ({
  ...page,
  parentId,
  parentType,
});

eachDatabase('orphan-page', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  const judge = (tenant: string, ...pages: GraphPage[]) =>
    judgeGraph(db.store, tenant, rule, {
      homepageId: '1',
      spaces: [
        { id: 'S2', key: 'DOCS' },
        { id: 'S3', key: 'HALF', state: 'partial' },
      ],
      pages,
    });

  test.each<[string, GraphPage[]]>([
    ['a home page', [HOME]],
    ['a page below another one', [HOME, below(LOST, '1')]],
    ['a page in a folder, which no list shows', [HOME, below(LOST, '9', 'folder')]],
    ['a page that is linked to', [{ ...HOME, body: linkTo('LOST page') }, LOST]],
    [
      'a page that is linked to from another space',
      [HOME, LOST, { id: '3', spaceId: 'S2', parentId: '1', body: linkTo('Lost page', { space: 'ops' }) }],
    ],
    ['a page that is included', [{ ...HOME, body: include('Lost page') }, LOST]],
    ['a page whose address is used', [{ ...HOME, body: address('/wiki/spaces/OPS/pages/2/Lost+page') }, LOST]],
    ['a page that an exempt page links to', [{ ...HOME, body: linkTo('Lost page'), judged: false }, LOST]],
    ['a blog post', [HOME, { ...LOST, contentType: 'blogpost' }]],
    ['a page of a space that was not fully walked', [HOME, { ...LOST, spaceId: 'S3' }]],
  ])('has nothing to say of %s', async (name, pages) => {
    expect(await judge(`fine ${name}`, ...pages)).toEqual([]);
  });

  test.each<[string, GraphPage[], string]>([
    ['stands at the root', [HOME, LOST], 'it stands at the root of its space'],
    ['links to itself', [HOME, { ...LOST, body: linkTo('Lost page') }], 'it stands at the root of its space'],
    [
      'is linked to from a page that is gone',
      [HOME, LOST, { id: '3', gone: 'archived', body: linkTo('Lost page') }],
      'it stands at the root of its space',
    ],
    [
      'has a namesake that is linked to',
      [{ ...HOME, body: linkTo('Lost page', { space: 'DOCS' }) }, LOST],
      'it stands at the root of its space',
    ],
    [
      'lies below an archived page',
      [HOME, below(LOST, '3'), { id: '3', title: 'Old', gone: 'archived' }],
      'its parent "Old" is archived',
    ],
    [
      'lies below a page in the trash',
      [HOME, below(LOST, '3'), { id: '3', title: 'Old', gone: 'trashed' }],
      'its parent "Old" is in the trash',
    ],
    ['lies below a page out of sight', [HOME, below(LOST, '3')], 'the account cannot see its parent'],
  ])('names a page that %s', async (name, pages, why) => {
    expect(await judge(`found ${name}`, ...pages)).toMatchObject([
      {
        pageId: '2',
        status: 'fail',
        severity: 'low',
        reason: `No page that the audit account reads links to this one, and ${why}.`,
      },
    ]);
  });

  test('says nothing for certain while a body is unread', async () => {
    expect(await judge('unread', { ...HOME, body: null }, LOST)).toMatchObject([{ pageId: '2', status: 'skip' }]);
  });

  test('leaves the root of a space alone where it is told to', async () => {
    const graph = { homepageId: '1', options: { atRoot: false } };
    const pages = [HOME, LOST, below({ id: '4' }, '5')];
    const found = await judgeGraph(db.store, 'no root', rule, { ...graph, pages });
    expect(found.map(({ pageId }) => pageId)).toEqual(['4']);
    const [elsewhere] = await judge('root', HOME, LOST);
    expect(elsewhere?.reason).toBe(
      'No page that the audit account reads links to this one, and it stands at the root of its space.',
    );
  });
});
