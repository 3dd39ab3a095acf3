import type { ListPage } from '../confluence/list.ts';

/** A place in the order of a list; equal places are possible. */
type Place = number | bigint;

/** What one of two chains over the same list does with each list page. */
export interface Chain<T> {
  /** The list page, without a next one where the other chain has been from here on. */
  arrive(list: ListPage<T>): ListPage<T>;
  /** The list page is committed: from now on the other chain may rely on it. */
  stored(list: ListPage<T>): void;
  /** Nothing is left between the chains. */
  over(): boolean;
}

/** Two chains over one list. */
interface Meeting<T> {
  readonly chain: (from: 'start' | 'end') => Chain<T>;
  readonly over: () => boolean;
}

/**
 * Lets two chains over one list, from its start and from its end, stop where they meet. They have met when one has gone strictly past a
 * place that the other has stored: whatever lies between the ends is then on this or on that side, also among rows of equal place, which
 * may come in any order. A list page that is not in its order proves that the site did not sort; then nobody stops before the end.
 */
export function createMeeting<T>(placeOf: (item: T) => Place): Meeting<T> {
  const reached: { start: Place | null; end: Place | null } = { start: null, end: null };
  let sorted = true;
  let over = false;

  return {
    over: () => over,
    chain(from) {
      const isPast = (a: Place, b: Place): boolean => (from === 'start' ? a > b : a < b);
      let first: Place | null = null;
      let last: Place | null = null;
      const follows = (places: readonly Place[]): boolean =>
        places.every((place, index) => {
          const before = index === 0 ? last : (places[index - 1] ?? null);
          return before === null || !isPast(before, place);
        });
      const endOf = (list: ListPage<T>): Place | null => {
        const item = list.items.at(-1);
        return item === undefined ? last : placeOf(item);
      };
      return {
        arrive(list) {
          sorted &&= follows(list.items.map(placeOf));
          const here = endOf(list);
          const other = from === 'start' ? reached.end : reached.start;
          const met = sorted && here !== null && other !== null && isPast(here, other);
          return met ? { ...list, next: null } : list;
        },
        stored(list) {
          first ??= list.items[0] === undefined ? null : placeOf(list.items[0]);
          last = endOf(list);
          const furthest = reached[from];
          // One row, or many of one place, do not show yet that the list runs this way.
          const moved = first !== null && last !== null && isPast(last, first);
          if (moved && (furthest === null || isPast(last as Place, furthest))) reached[from] = last;
          over ||= list.next === null;
        },
        over: () => over,
      };
    },
  };
}
