import { SPACES } from './list-sizes.ts';

/** A list of more rows than this is one chain of cursors for too long: what breaks it off costs everything behind it. */
const COMFORTABLE = 10_000;

/**
 * Puts spaces together into lists: small ones share one, up to a comfortable length by what they held last time, and one that is longer
 * by itself is walked alone. The order is kept.
 */
export function groupSpaces<T>(
  spaces: readonly T[],
  pagesOf: (space: T) => number,
  perList: number = SPACES.perList,
): T[][] {
  const groups: T[][] = [];
  let rows = 0;
  for (const space of spaces) {
    const pages = pagesOf(space);
    const last = groups.at(-1);
    if (last === undefined || last.length >= perList || rows + pages > COMFORTABLE) {
      groups.push([space]);
      rows = pages;
    } else {
      last.push(space);
      rows += pages;
    }
  }
  return groups;
}
