import type { PageView } from './rule.ts';

export interface FewReaders {
  /** The only account that may read, or null where the lists leave nobody at all. */
  readonly accountId: string | null;
  /** The nearest node that lists people only. */
  readonly restrictedBy: { readonly pageId: string; readonly title: string };
}

/**
 * Whether the viewing restrictions along the way to the root leave one person or nobody. Every list on the way must name a
 * reader, and a list without a group names all that it lets in; one that has groups may let in anybody. Null where more can
 * read, as far as these lists tell.
 */
export function singleReader({ chain }: PageView['restrictions']): FewReaders | null {
  const closed = chain.filter(({ read }) => read.users.length > 0 && read.groups.length === 0);
  const [nearest, ...farther] = closed;
  if (nearest === undefined) return null;
  const readers = new Set(nearest.read.users.filter((id) => farther.every(({ read }) => read.users.includes(id))));
  if (readers.size > 1) return null;
  const [accountId = null] = readers;
  return { accountId, restrictedBy: { pageId: nearest.pageId, title: nearest.title } };
}
