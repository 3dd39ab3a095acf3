import { beforeAll, expect, test } from 'vitest';
import rule from '../../src/rules/archived-but-linked.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { address, include, judgeGraph, linkTo } from '../link-graph.ts';

const site = (tenant: string, path: string) => address(`https://${tenant}.atlassian.net${path}`);

eachDatabase('archived-but-linked', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  const judge = (tenant: string, body: string | null, options = {}) =>
    judgeGraph(db.store, tenant, rule, {
      options,
      spaces: [{ id: 'S2', key: 'DOCS' }],
      pages: [
        { id: '1', title: 'Runbook', body },
        { id: '20', title: 'Übersicht', gone: 'archived' },
        { id: '21', title: 'Thrown away', gone: 'trashed' },
        { id: '22', title: 'Purged', gone: 'deleted-or-hidden' },
        { id: '23', title: 'Written anew', gone: 'archived' },
        { id: '24', title: 'Written anew', judged: false },
        { id: '25', title: 'Elsewhere', spaceId: 'S2', gone: 'archived' },
      ],
    });

  test.each([
    ['itself', linkTo('Runbook')],
    ['a page that is gone for good', linkTo('Purged')],
    ['a title that was written anew', linkTo('written anew')],
    ['the same title in another space', linkTo('Elsewhere') + linkTo('Thrown away', { space: 'DOCS' })],
    ['an address elsewhere with the number of the page', address('https://example.com/wiki/spaces/OPS/pages/20/x')],
  ])('has nothing to say of a link to %s', async (name, body) => {
    expect(await judge(`fine ${name}`, body)).toEqual([]);
  });

  test('names the targets once, where they lie and how many', async () => {
    const body =
      linkTo('Thrown away') + linkTo(' ÜBERSICHT ') + include('Übersicht') + linkTo('elsewhere', { space: 'docs' });
    expect(await judge('found', body)).toMatchObject([
      {
        pageId: '1',
        status: 'fail',
        severity: 'medium',
        reason:
          'The page links to 3 pages that readers no longer find: "Thrown away" in OPS (in the trash), "Übersicht" in OPS (archived), "Elsewhere" in DOCS (archived).',
        evidence: { gone_pages: 3 },
      },
    ]);
  });

  test.each([
    '/wiki/spaces/OPS/pages/20/Uebersicht',
    '/wiki/spaces/OPS/pages/20',
    '/wiki/pages/viewpage.action?pageId=20',
    '/wiki/spaces/OPS/pages/edit-v2/20?x=1',
  ])('knows the page behind the address %s', async (path) => {
    const tenant = `address${path.replaceAll(/\W/g, '-')}`;
    expect(await judge(tenant, site(tenant, path))).toMatchObject([
      { reason: 'The page links to a page that readers no longer find: "Übersicht" in OPS (archived).' },
    ]);
  });

  test('leaves the trash out where it is told to', async () => {
    expect(await judge('no-trash', linkTo('Thrown away'), { trashed: false })).toEqual([]);
    expect(await judge('no-trash-2', linkTo('Übersicht'), { trashed: false })).toHaveLength(1);
  });

  test('leaves a page alone whose body was not read', async () => {
    expect(await judge('unread', null)).toMatchObject([{ status: 'skip' }]);
  });
});
