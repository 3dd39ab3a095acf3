import { describe, expect, it } from 'vitest';
import { type Expected, estimateRequests } from '../../src/domain/request-estimate.ts';
import type { Need } from '../../src/domain/rule.ts';

const NOTHING: Expected = {
  visibleSpaces: 1,
  spaces: [[0]],
  changed: { spaces: 0, rows: [] },
  countedBy: 'inventory',
  searched: [0],
  ofInterest: null,
  byId: 0,
  counting: 0,
  labels: 0,
  principals: 0,
  degraded: 0,
  folders: { visible: 0, hidden: 0 },
  attachments: 0,
  comments: 0,
  permissions: [],
  shelved: 0,
  accounts: 0,
  bodies: [0],
  onCallGroups: 0,
};
/** Unless a case says otherwise every page of the spaces is searched for its labels. */
const expecting = (some: Partial<Expected>): Expected => {
  const searched = some.spaces?.map((space) => space.reduce((sum, pages) => sum + pages, 0));
  return { ...NOTHING, ...(searched === undefined ? {} : { searched }), ...some };
};
const requests = (some: Partial<Expected>, ...needs: Need[]): number =>
  estimateRequests(expecting(some), new Set(needs)).requests;
const points = (some: Partial<Expected>, ...needs: Need[]): number =>
  estimateRequests(expecting(some), new Set(needs)).points;
const many = (count: number, pages: number): number[][] => Array.from({ length: count }, () => [pages]);

describe('the requests of a night', () => {
  it('are four for an empty space: identity, spaces, pages, labels', () => {
    expect(requests({})).toBe(4);
  });

  it.each<[string, Partial<Expected>, Need[], number]>([
    ['no space in scope', { visibleSpaces: 3, spaces: [] }, [], 2],
    ['251 visible spaces take two lists', { visibleSpaces: 251 }, [], 5],
    ['250 pages fill a list, and two searches', { spaces: [[250]] }, [], 5],
    ['251 pages take two lists', { spaces: [[251]] }, [], 6],
    ['100 small spaces share a list, and 50 a search', { spaces: many(100, 1) }, [], 5],
    ['101 spaces take two lists and three searches', { spaces: many(101, 1) }, [], 7],
    ['pages of one group of spaces do not fill the list of another', { spaces: [...many(100, 3), [1]] }, [], 8],
    ['blog posts have a list of their own', { spaces: [[10, 10]] }, [], 5],
    ['pages that search leaves out take two each', { degraded: 3 }, [], 10],
    ['folders take one each, also where they are hidden', { folders: { visible: 2, hidden: 1 } }, ['restrictions'], 7],
    ['101 pages by id take two searches', { byId: 101 }, [], 6],
    [
      'a search for labels that decide something in place of all',
      { spaces: [[900]], searched: [], ofInterest: 0 },
      [],
      7,
    ],
    ['changes of 101 spaces take two lists', { changed: { spaces: 101, rows: [300] } }, [], 7],
    [
      'a space over ten thousand pages is listed and searched alone',
      { spaces: [[1], [10_001], [1]] },
      [],
      2 + 1 + 41 + 1 + 1 + 51 + 1,
    ],
    ['what it took to count the site', { counting: 2 }, [], 6],
    ['permissions take a list a space, 250 of them', { permissions: [3, 251] }, ['space-permissions'], 7],
    ['permissions are not asked for unless a rule needs them', { permissions: [3, 251] }, [], 4],
    ['the archive takes a list of its own', { shelved: 251 }, ['archive'], 6],
    ['attachments', { attachments: 251 }, ['attachments'], 6],
    ['no attachment at all still takes a list', {}, ['attachments'], 5],
    ['comments', { comments: 10 }, ['comments'], 5],
    ['bodies of each kind', { bodies: [251, 1] }, ['body'], 7],
    ['accounts', { accounts: 251 }, [], 6],
    ['groups, once for all', { onCallGroups: 3 }, [], 5],
  ])('%s', (_, some, needs, expected) => {
    expect(requests(some, ...needs)).toBe(expected);
  });

  it('are not counted for what no rule needs', () => {
    const full = { folders: { visible: 5, hidden: 5 }, attachments: 900, comments: 900, bodies: [900] };
    expect(requests(full)).toBe(requests({}));
    expect(points(full)).toBe(points({}));
  });
});

describe('the points of a night', () => {
  it('are one a request, one an object and two an identity', () => {
    // Four requests, one space, the identity.
    expect(points({})).toBe(4 + 1 + 2);
    expect(points({ labels: 7 }) - points({})).toBe(7);
    expect(points({ principals: 7 }) - points({})).toBe(14);
    expect(points({ accounts: 7 }) - points({})).toBe(1 + 14);
    expect(points({ onCallGroups: 2 }) - points({})).toBe(1 + 4);
    expect(points({ spaces: [[100]] }) - points({})).toBe(200);
    expect(points({ attachments: 100 }, 'attachments') - points({}, 'attachments')).toBe(100);
  });

  it('come to about five a page for a site of ten thousand', () => {
    const site = { visibleSpaces: 50, spaces: many(50, 200), labels: 20_000, principals: 2_000, attachments: 15_000 };
    expect(requests(site, 'attachments', 'restrictions')).toBe(1 + 1 + 40 + 50 + 60);
    const only = { ...site, searched: [], ofInterest: 500, byId: 120 };
    expect(requests(only, 'attachments', 'restrictions')).toBe(1 + 1 + 40 + 3 + 2 + 60);
    expect(points(site, 'attachments', 'restrictions')).toBe(152 + 50 + 20_000 + 20_000 + 4_000 + 15_000 + 2);
  });
});

it('a first night knows a lower bound only, and says so', () => {
  expect(estimateRequests({ ...NOTHING, countedBy: null }, new Set())).toMatchObject({
    requests: 4,
    countedBy: null,
  });
});
