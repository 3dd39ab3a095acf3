import { AuditError } from '../domain/errors.ts';
import type { ListPage } from './list.ts';

/**
 * Follows cursors to the end of a list, one page at a time; `from` resumes a walk. The end is a page without `next`, never
 * a short one. A cursor that comes again is `cursor-loop`. One empty page with a `next` is followed, because such pages
 * occur in the middle of lists; a second one in a row is the end.
 */
export async function* paginate<T>(
  fetchPage: (cursor: string | null) => Promise<ListPage<T>>,
  from: string | null = null,
): AsyncGenerator<ListPage<T>, void, undefined> {
  const seen = new Set<string>(from === null ? [] : [from]);
  let cursor = from;
  let emptyBefore = false;
  for (;;) {
    const page = await fetchPage(cursor);
    const empty = page.received === 0;
    if (page.next === null || (empty && emptyBefore)) {
      yield { ...page, next: null };
      return;
    }
    if (seen.has(page.next)) throw new AuditError('cursor-loop', 'A list gave the same cursor twice.');
    yield page;
    seen.add(page.next);
    cursor = page.next;
    emptyBefore = empty;
  }
}

/** All items of a short list; an item that cannot be read fails it, because a part would pass for the whole. */
export async function collect<T>(fetchPage: (cursor: string | null) => Promise<ListPage<T>>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of paginate(fetchPage)) {
    const [bad] = page.invalid;
    if (bad !== undefined) throw new AuditError('response-invalid', `An item of a list cannot be read (${bad.why}).`);
    all.push(...page.items);
  }
  return all;
}
