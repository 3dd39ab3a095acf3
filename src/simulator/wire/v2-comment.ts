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

/** A comment in the list of the site or of its page; `body` is there only where the request names a format. */
export function showComment(world: WorldState, comment: Comment, list: 'site' | 'page', withBody: boolean): object {
  const container = world.contents.get(comment.containerId);
  const owner = container?.type === 'blogpost' ? { blogPostId: comment.containerId } : { pageId: comment.containerId };
  const webui = container === undefined ? '' : contentLinks(world, container)['webui'];
  return {
    id: comment.id,
    status: 'current',
    title: `Re: ${container?.title ?? ''}`,
    ...owner,
    ...(comment.parentId === null ? {} : { parentCommentId: comment.parentId }),
    version: {
      number: comment.edits + 1,
      message: '',
      minorEdit: false,
      authorId: comment.authorId,
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
