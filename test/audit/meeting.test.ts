import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMeeting } from '../../src/audit/meeting.ts';
import type { ListPage } from '../../src/confluence/list.ts';

interface Row {
  readonly id: number;
  readonly place: number;
}

const pageOf = (items: readonly Row[], next: string | null): ListPage<Row> => ({
  items,
  invalid: [],
  received: items.length,
  next,
});

/** Two chains over a list in the order of chance; a list is given in both directions, of which rows of equal place need not be mirrored. */
function walk(forth: readonly Row[], back: readonly Row[], size: number, order: readonly boolean[]) {
  const meeting = createMeeting<Row>(({ place }) => place);
  const sides = { start: { rows: forth, at: 0, ended: false }, end: { rows: back, at: 0, ended: false } };
  const chains = { start: meeting.chain('start'), end: meeting.chain('end') };
  const seen = new Set<number>();
  let pages = 0;
  for (let turn = 0; !meeting.over(); turn += 1) {
    const from = (order[turn % order.length] ?? true) ? 'start' : 'end';
    const side = sides[from];
    const items = side.rows.slice(side.at, side.at + size);
    side.at += size;
    const list = chains[from].arrive(pageOf(items, side.at < side.rows.length ? String(side.at) : null));
    for (const { id } of list.items) seen.add(id);
    chains[from].stored(list);
    pages += 1;
  }
  return { seen, pages };
}

const rowsOf = (places: readonly number[]): Row[] =>
  places.toSorted((a, b) => a - b).map((place, id) => ({ id, place }));

describe('two chains over one list', () => {
  it('have seen every row when they have met, also where rows are of equal place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
        fc.boolean(),
        (places, size, order, mirrored) => {
          const forth = rowsOf(places);
          const back = mirrored ? forth.toReversed() : forth.toSorted((a, b) => b.place - a.place);
          expect(walk(forth, back, size, order).seen.size).toBe(forth.length);
        },
      ),
    );
  });

  it('take half of the list each, and a page or two more', () => {
    const forth = rowsOf(Array.from({ length: 1000 }, (_, index) => index));
    const { pages } = walk(forth, forth.toReversed(), 10, [true, false]);
    expect(pages).toBeLessThanOrEqual(102);
  });

  it('do not stop before the end of a list that is not sorted', () => {
    const forth = rowsOf(Array.from({ length: 100 }, (_, index) => index));
    const mixed = forth.map((row, index) => (index % 10 === 3 ? { ...row, place: 500 } : row));
    expect(walk(mixed, forth.toReversed(), 5, [true, false]).seen.size).toBe(100);
    // A site that gives the same order whatever is asked.
    for (const size of [1, 5]) expect(walk(forth, forth, size, [true, false]).seen.size).toBe(100);
  });

  it('do not meet where nobody knows where the rows stand', () => {
    const forth = Array.from({ length: 50 }, (_, id) => ({ id, place: Number.NaN }));
    expect(walk(forth, forth.toReversed(), 5, [true, false]).seen.size).toBe(50);
  });

  it('rely on nothing that the other has not stored', () => {
    const meeting = createMeeting<Row>(({ place }) => place);
    const [start, end] = [meeting.chain('start'), meeting.chain('end')];
    const [low, high] = [pageOf(rowsOf([1, 2, 7]), 'more'), pageOf(rowsOf([5, 6]).toReversed(), 'more')];
    expect(end.arrive(high).next).toBe('more');
    expect(start.arrive(low).next).toBe('more');
    end.stored(high);
    expect(start.arrive(pageOf(rowsOf([7, 8]), 'more')).next).toBeNull();
  });
});
