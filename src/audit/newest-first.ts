import type { ListPage } from '../confluence/list.ts';
import type { Version } from '../domain/inventory.ts';

/**
 * Ends a list that comes newest first where it gets older than a moment. A list page that is not in this order proves that the site did
 * not sort, and is no place to end at.
 */
export function untilOlderThan<T extends { readonly version: Version }>(since: Date, list: ListPage<T>): ListPage<T> {
  const times = list.items.map(({ version }) => Date.parse(version.createdAt));
  const sorted = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? 0));
  const oldest = times.at(-1);
  return sorted && oldest !== undefined && oldest < since.getTime() ? { ...list, next: null } : list;
}
