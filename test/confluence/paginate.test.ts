import { expect, it } from 'vitest';
import type { ListPage } from '../../src/confluence/list.ts';
import { collect, paginate } from '../../src/confluence/paginate.ts';

type Pages = Record<string, { items?: number[]; next: string | null; received?: number }>;

/** A list whose pages are found under their cursor; the first is under `start`. */
function listOf(pages: Pages) {
  const asked: (string | null)[] = [];
  const fetchPage = async (cursor: string | null): Promise<ListPage<number>> => {
    asked.push(cursor);
    const { items = [], next, received } = pages[cursor ?? 'start'] ?? { next: null };
    return { items, invalid: [], received: received ?? items.length, next };
  };
  return { asked, fetchPage };
}

const unreadable = async (): Promise<ListPage<number>> => ({
  items: [1],
  invalid: [{ id: null, why: 'name: invalid_type' }],
  received: 2,
  next: null,
});

async function walk(pages: Pages, from: string | null = null) {
  const { asked, fetchPage } = listOf(pages);
  const items: number[] = [];
  let last: string | null = 'none yet';
  for await (const page of paginate(fetchPage, from)) {
    items.push(...page.items);
    last = page.next;
  }
  return { asked, items, last };
}

it('follows next to the end, whatever the size of the pages', async () => {
  const pages = {
    start: { items: [1, 2, 3], next: 'a' },
    a: { items: [4], next: 'b' },
    b: { items: [5, 6, 7, 8], next: null },
  };
  expect(await walk(pages)).toEqual({ asked: [null, 'a', 'b'], items: [1, 2, 3, 4, 5, 6, 7, 8], last: null });
});

it('resumes at a cursor', async () => {
  expect(await walk({ a: { items: [4], next: null } }, 'a')).toEqual({ asked: ['a'], items: [4], last: null });
});

it.each([
  ['the same cursor again', { start: { items: [1], next: 'a' }, a: { items: [2], next: 'a' } }, null],
  [
    'an earlier one',
    { start: { items: [1], next: 'a' }, a: { items: [2], next: 'b' }, b: { items: [3], next: 'a' } },
    null,
  ],
  ['the one it resumed at', { a: { items: [2], next: 'a' } }, 'a'],
])('stops at %s', async (_, pages, from) => {
  await expect(walk(pages, from)).rejects.toMatchObject({ code: 'cursor-loop' });
});

it('follows one empty page, and takes a second one in a row for the end', async () => {
  const gap = {
    start: { items: [1], next: 'a' },
    a: { next: 'b' },
    b: { items: [2], next: 'c' },
    c: { next: 'd' },
    d: { next: 'e' },
    e: { items: [3], next: null },
  };
  expect(await walk(gap)).toEqual({ asked: [null, 'a', 'b', 'c', 'd'], items: [1, 2], last: null });
});

it('does not take a page for empty whose items were all left aside', async () => {
  const pages = { start: { next: 'a', received: 250 }, a: { next: 'b', received: 250 }, b: { items: [1], next: null } };
  expect((await walk(pages)).items).toEqual([1]);
});

it('collects a short list, and fails where an item cannot be read', async () => {
  expect(await collect(listOf({ start: { items: [1], next: 'a' }, a: { items: [2], next: null } }).fetchPage)).toEqual([
    1, 2,
  ]);
  await expect(collect(unreadable)).rejects.toMatchObject({ code: 'response-invalid' });
});
