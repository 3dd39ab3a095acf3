import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { listAttachments } from '../../src/confluence/attachments.ts';
import type { ListPage } from '../../src/confluence/list.ts';
import { listBlogPostsInSpaces, listPagesInSpaces } from '../../src/confluence/pages.ts';
import { atSite } from '../../src/confluence/place.ts';
import type { Ask } from '../../src/confluence/request.ts';

const version = { number: 3, createdAt: '2026-01-02T03:04:05.678Z', authorId: 'ann', minorEdit: false, message: '' };
const content = {
  id: '12',
  spaceId: '34',
  status: 'current',
  title: 'A title',
  parentId: '56',
  parentType: 'page',
  authorId: 'ann',
  ownerId: null,
  createdAt: '2025-01-02T03:04:05Z',
  version,
  body: {},
  _links: { webui: '/spaces/OPS/pages/12' },
  position: 7,
};
const file = {
  id: 'att12',
  pageId: '34',
  title: 'plan.pdf',
  mediaType: 'application/pdf',
  fileSize: 12,
  status: 'current',
  version,
};

const answering =
  (row: object): Ask =>
  async ({ endpoint }) => ({
    endpoint,
    json: { results: [row], _links: {} },
    link: null,
    requestId: null,
    place: atSite('https://a.atlassian.net'),
  });

const spaceIds = ['34'];
const LISTS = [
  ['pages', content, (row: object) => listPagesInSpaces(answering(row), { spaceIds })],
  ['posts', content, (row: object) => listBlogPostsInSpaces(answering(row), { spaceIds })],
  ['attachments', file, (row: object) => listAttachments(answering(row), {})],
] as const;

/** What stands in answers where nobody expects it. */
const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'x',
  '0',
  '99999999999999999999',
  'att7',
  'a\0b',
  '\ud800',
  'é'.repeat(400),
  'x'.repeat(600),

  0,
  -1,
  1.5,
  2 ** 53,
  true,
  [],
  {},
  { storage: {} },
  { storage: { value: 'text' } },
  { storage: { value: 'a\0' } },

  '2026-01-02T03:04:05.678Z',
  '2026-01-02T03:04:05+01:00',
  '2026-13-45T99:99:99Z',
  '2026-02-30T00:00:00Z',
  1_700_000_000_000,
  { webui: 5 },
  { webui: null },
  { number: 1, createdAt: '2026-01-02T03:04:05Z' },
  { number: '1' },
);

const said = ({ items, invalid }: ListPage<unknown>) => ({ items, why: invalid.map(({ why }) => why) });

test.each(LISTS)(
  'rows of %s that are read without the schema say what the schema makes of them',
  async (_, row, read) => {
    const names = fc.constantFrom('none', ...Object.keys(row), 'subtype', 'blogPostId', ...Object.keys(version));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(names, odd), { maxLength: 3 }), async (changes) => {
        const changed: Record<string, unknown> = { ...row };
        for (const [name, value] of changes) {
          if (name === 'id') continue;
          if (name in version) changed['version'] = { ...version, [name]: value };
          if (!(name in version) || name in row) changed[name] = value;
        }
        // Ids were seen as numbers too; that is nothing for the short way.
        expect(said(await read(changed))).toEqual(said(await read({ ...changed, id: 12 })));
      }),
      { numRuns: 400 },
    );
  },
);

test.each(LISTS)('an id of %s that is none is refused', async (_, row, read) => {
  for (const id of ['x', '', '1x', null, 1.5])
    expect(await read({ ...row, id })).toMatchObject({ items: [], received: 1 });
  expect((await read(row)).items).toHaveLength(1);
});
