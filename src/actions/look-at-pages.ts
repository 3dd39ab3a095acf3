import type { Confluence } from '../confluence/client.ts';
import { paginate } from '../confluence/paginate.ts';
import { asAuditError } from '../domain/errors.ts';
import type { ContentType } from '../domain/inventory.ts';
import { IDS_PER_QUERY, ROWS } from '../domain/list-sizes.ts';

/** A page as it is right before something is written to it. */
export interface PageNow {
  /** current, archived or trashed. */
  readonly status: string;
  readonly version: number;
  readonly spaceId: string;
  readonly parentId: string | null;
  /** Null where they could not be read. */
  readonly labels: readonly string[] | null;
}

interface Wanted {
  readonly pageId: string;
  readonly contentType: ContentType;
}

/**
 * Every page of some writes as it is now, with its labels: a request for 250 pages and one for the labels of 100. Pages that the search does
 * not show, or whose labels it cuts short, are asked for one by one. A page that is absent is not visible any more.
 */
export async function lookAtPages(
  confluence: Pick<Confluence, 'pageStates' | 'labelsAndRestrictions' | 'labelsOf'>,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, PageNow>> {
  const pages = new Map<string, PageNow>();
  for (const [contentType, some] of Map.groupBy(wanted, (write) => write.contentType)) {
    const ids = [...new Set(some.map((write) => write.pageId))];
    for (let start = 0; start < ids.length; start += ROWS.list) {
      const states = await confluence.pageStates(ids.slice(start, start + ROWS.list), contentType);
      for (const [id, state] of states) pages.set(id, { ...state, labels: null });
    }
    const current = ids.filter((id) => pages.get(id)?.status === 'current');
    const labels = await labelsNow(confluence, current, contentType);
    for (const [id, names] of labels) {
      const page = pages.get(id);
      if (page !== undefined) pages.set(id, { ...page, labels: names });
    }
  }
  return pages;
}

async function labelsNow(
  confluence: Pick<Confluence, 'labelsAndRestrictions' | 'labelsOf'>,
  ids: readonly string[],
  contentType: ContentType,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const labels = new Map<string, readonly string[]>();
  for (let start = 0; start < ids.length; start += IDS_PER_QUERY) {
    const pageIds = ids.slice(start, start + IDS_PER_QUERY);
    for await (const list of paginate((cursor) =>
      confluence.labelsAndRestrictions({ pageIds, contentTypes: [contentType], cursor }),
    )) {
      for (const { pageId, labels: found, truncated } of list.items)
        if (!truncated)
          labels.set(
            pageId,
            found.map(({ name }) => name),
          );
    }
  }
  for (const id of ids) {
    if (labels.has(id)) continue;
    const found = await labelsIfThere(confluence, { pageId: id, contentType });
    if (found !== null) labels.set(id, found);
  }
  return labels;
}

/** The labels of a page now; null where the page is gone. */
export async function labelsIfThere(
  confluence: Pick<Confluence, 'labelsOf'>,
  { pageId, contentType }: { readonly pageId: string; readonly contentType: ContentType },
): Promise<readonly string[] | null> {
  try {
    return (await confluence.labelsOf(pageId, contentType)).map(({ name }) => name);
  } catch (error) {
    if (asAuditError(error)?.code === 'not-found') return null;
    throw error;
  }
}
