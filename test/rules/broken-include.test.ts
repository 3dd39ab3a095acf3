import { beforeAll, expect, test } from 'vitest';
import rule from '../../src/rules/broken-include.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { include, judgeGraph, linkTo } from '../link-graph.ts';

eachDatabase('broken-include', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  const judge = (tenant: string, body: string | null) =>
    judgeGraph(db.store, tenant, rule, {
      spaces: [
        { id: 'S2', key: 'DOCS' },
        { id: 'S3', key: 'HALF', state: 'partial' },
      ],
      pages: [
        { id: '1', title: 'Runbook', body },
        { id: '2', title: 'Shared steps', spaceId: 'S2', judged: false },
        { id: '3', title: 'Old steps', gone: 'archived' },
      ],
    });

  test.each([
    ['a page of another space', include('Shared steps', 'DOCS')],
    ['a title in other letters', include('SHARED steps', 'docs')],
    ['itself', include('Runbook')],
    ['a page in the archive', include('Old steps')],
    ['nothing, and links to what is missing', linkTo('Nowhere')],
  ])('has nothing to say of a page that includes %s', async (name, body) => {
    expect(await judge(`fine ${name}`, body)).toEqual([]);
  });

  test('names what does not exist', async () => {
    expect(await judge('missing', include('Nowhere') + include('Shared steps'))).toMatchObject([
      {
        pageId: '1',
        status: 'fail',
        severity: 'medium',
        reason:
          'The page includes 2 pages that the audit account does not find: "Nowhere" in OPS, "Shared steps" in OPS.',
        evidence: { missing_pages: 2 },
      },
    ]);
  });

  test('does not judge what lies in a space that was not fully walked', async () => {
    expect(await judge('half', include('Nowhere', 'HALF'))).toMatchObject([{ status: 'skip' }]);
  });

  test('leaves a page alone whose body was not read', async () => {
    expect(await judge('unread', null)).toMatchObject([{ status: 'skip' }]);
  });

  test('looks targets up and follows none, so pages that include each other end', async () => {
    const ring = await judgeGraph(db.store, 'ring', rule, {
      pages: [
        { id: '1', title: 'A', body: include('B') },
        { id: '2', title: 'B', body: include('C') },
        { id: '3', title: 'C', body: include('A') },
      ],
    });
    expect(ring).toEqual([]);
  });
});
