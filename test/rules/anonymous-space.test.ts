import { beforeAll, expect, test } from 'vitest';
import rule from '../../src/rules/anonymous-space.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { judgeGraph } from '../link-graph.ts';

const readers = (...classes: readonly string[]) => ({ classes, groups: ['g-sre'] });
const PUBLIC = readers('ALL_LICENSED_USERS', 'ANONYMOUS_USERS');

eachDatabase('anonymous-space', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  const judge = (
    tenant: string,
    space: { readers?: typeof PUBLIC; readIn?: string; listedAt?: string },
    { options = {}, judged = true } = {},
  ) =>
    judgeGraph(db.store, tenant, rule, {
      options,
      spaces: [{ id: 'S2', key: 'DOCS', homepageId: '20', ...space }],
      pages: [
        { id: '9', spaceId: 'S2' },
        { id: '10', spaceId: 'S2' },
        { id: '20', spaceId: 'S2', judged },
      ],
    });

  test.each([
    ['to all users', readers('ALL_LICENSED_USERS'), {}],
    ['to groups alone', readers(), {}],
    ['to the public on purpose', PUBLIC, { allow: ['docs'] }],
  ])('has nothing to say of a space that is open %s', async (name, who, options) => {
    expect(await judge(`fine ${name}`, { readers: who }, { options })).toEqual([]);
  });

  test('names a space that is open to the public once, on its home page', async () => {
    expect(await judge('public', { readers: PUBLIC })).toMatchObject([
      {
        pageId: '20',
        spaceId: 'S2',
        status: 'fail',
        severity: 'high',
        reason: 'The permissions of the space DOCS let people without an account view it.',
        evidence: { readers: ['ALL_LICENSED_USERS', 'ANONYMOUS_USERS'] },
      },
    ]);
    expect(rule).toMatchObject({ about: 'space', confidence: 'partial' });
  });

  test('names it on its oldest page where the home page is not judged', async () => {
    expect(await judge('no home', { readers: PUBLIC }, { judged: false })).toMatchObject([{ pageId: '9' }]);
  });

  test('skips a space whose permissions were not read', async () => {
    expect(await judge('unread', {})).toMatchObject([{ pageId: '20', status: 'skip' }]);
  });

  test('skips a space whose permissions an earlier run read', async () => {
    expect(await judge('earlier', { readers: PUBLIC, readIn: 'run-0' })).toMatchObject([
      { pageId: '20', status: 'skip' },
    ]);
  });

  test('knows the permissions since all of the space was listed, where tonight only changes were', async () => {
    const since = { readers: PUBLIC, readIn: 'full-listing', listedAt: '2027-01-01T00:00:00Z' };
    expect(await judge('lately', since)).toMatchObject([{ pageId: '20', status: 'fail' }]);
  });
});
