import { expect, test } from 'vitest';
import { ENDPOINTS, type Endpoint } from '../../src/confluence/endpoints.ts';
import { pointsOf } from '../../src/confluence/points.ts';

const rows = (count: number, row: object = { id: '1' }): object => ({
  results: Array.from({ length: count }, () => row),
});
const hit = {
  metadata: { labels: { results: [{ name: 'a' }, { name: 'b' }] } },
  restrictions: { read: { restrictions: { user: { results: [{}] }, group: { results: [{}, {}] } } } },
};

test.each<[string, Endpoint, unknown, number]>([
  ['a list of 250 pages', ENDPOINTS.pages, rows(250), 251],
  ['an empty list', ENDPOINTS.pages, rows(0), 1],
  ['one folder', ENDPOINTS.folder, { id: '7' }, 2],
  ['one user', ENDPOINTS.currentUser, { accountId: 'x' }, 3],
  ['ten accounts', ENDPOINTS.accounts, rows(10), 21],
  ['permissions of a space, two for each row', ENDPOINTS.spacePermissions, rows(250), 501],
  ['found pages with their labels and who may read them', ENDPOINTS.search, rows(2, hit), 1 + 2 * (1 + 2 + 6)],
  ['a write', ENDPOINTS.addLabel, rows(9), 1],
  ['an answer without a body', ENDPOINTS.pages, null, 1],
])('%s', (_, endpoint, json, points) => {
  expect(pointsOf(endpoint, json)).toBe(points);
});
