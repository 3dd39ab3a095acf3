import { stableUuid } from '../world/identifiers.ts';
import type { Comment, WorldState } from '../world/model.ts';
import { contentLinks } from './v2-content.ts';

/** Under the names of today and under those that CHANGE-1411 deprecates. */
function markers(world: WorldState, comment: Comment): object {
  const ref = stableUuid(world.id, 'marker', comment.id);
  return {
    inlineMarkerRef: ref,
    inlineOriginalSelection: comment.selection,
    'inline-original-selection': comment.selection,
    'inline-marker-ref': ref,
  };
}

/** What the list of the site tells of an inline comment, and the list of a page leaves out. */
const lastSettled = ({ settled }: Comment): object =>
  settled === null ? {} : { resolutionLastModifierId: settled.by, resolutionLastModifiedAt: settled.at };

type Holder = Readonly<Record<string, string>>;

/** A list of replies names the comment that they answer, and not the page. */
function holderOf(world: WorldState, { containerId, parentId }: Comment, list: 'site' | 'page' | 'replies'): Holder {
  const parent: Holder = parentId === null ? {} : { parentCommentId: parentId };
  if (list === 'replies') return parent;
  const isPost = world.contents.get(containerId)?.type === 'blogpost';
  return { ...(isPost ? { blogPostId: containerId } : { pageId: containerId }), ...parent };
}

/** A comment in the list of the site, of its page or of replies; `body` is there only where the request names a format. */
export function showComment(
  world: WorldState,
  comment: Comment,
  list: 'site' | 'page' | 'replies',
  withBody: boolean,
): Record<string, unknown> {
  const container = world.contents.get(comment.containerId);
  const webui = container === undefined ? '' : contentLinks(world, container)['webui'];
  return {
    id: comment.id,
    // It lies in the trash with its page.
    status: container?.status === 'trashed' ? 'trashed' : 'current',
    title: `Re: ${container?.title ?? ''}`,
    ...holderOf(world, comment, list),
    version: {
      number: comment.edits + 1,
      message: '',
      minorEdit: false,
      authorId: comment.editedBy,
      createdAt: comment.editedAt,
    },
    // Nobody can resolve a footer comment, yet the list of a page gives it a resolution too.
    ...(comment.kind === 'inline' || list === 'page' ? { resolutionStatus: comment.resolution } : {}),
    ...(comment.kind === 'inline' && list === 'site' ? lastSettled(comment) : {}),
    ...(comment.kind === 'inline' ? { properties: markers(world, comment) } : {}),
    ...(withBody ? { body: { storage: { representation: 'storage', value: comment.body } } } : {}),
    _links: { webui: `${webui}?focusedCommentId=${comment.id}` },
  };
}
