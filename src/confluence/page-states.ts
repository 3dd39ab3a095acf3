import type { ContentType } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { listPagesById } from './pages.ts';
import { collect } from './paginate.ts';
import type { Ask } from './request.ts';

export interface PageState {
  readonly status: string;
  readonly version: number;
  /** Of that version. */
  readonly authorId: string | null;
  readonly spaceId: string;
  readonly parentId: string | null;
}

/** A blog post cannot be archived, and asking for it is refused. */
const STATUSES: Readonly<Record<ContentType, readonly string[]>> = {
  page: ['current', 'archived', 'trashed'],
  blogpost: ['current', 'trashed'],
};

/** How pages or blog posts are now, those in the archive and in the trash included; one that is gone or invisible is absent. */
export async function pageStates(
  ask: Ask,
  ids: readonly string[],
  contentType: ContentType,
): Promise<ReadonlyMap<string, PageState>> {
  const states = new Map<string, PageState>();
  const asked = [...new Set(ids)];
  for (let start = 0; start < asked.length; start += ROWS.list) {
    const some = asked.slice(start, start + ROWS.list);
    const rows = await collect((cursor) =>
      listPagesById(ask, { ids: some, contentType, withBody: false, statuses: STATUSES[contentType], cursor }),
    );
    for (const { id, status, version, spaceId, parentId } of rows)
      states.set(id, { status, version: version.number, authorId: version.authorId, spaceId, parentId });
  }
  return states;
}

/** True where the account can see the page, and it is not in the trash. */
export async function isVisible(ask: Ask, id: string, contentType: ContentType): Promise<boolean> {
  const state = (await pageStates(ask, [id], contentType)).get(id);
  return state !== undefined && state.status !== 'trashed';
}
