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

/** A comment in a list; `body` is there only where the request names a format. */
export function showComment(world: WorldState, comment: Comment, withBody: boolean): object {
  const container = world.contents.get(comment.containerId);
  const owner = container?.type === 'blogpost' ? { blogPostId: comment.containerId } : { pageId: comment.containerId };
  const webui = container === undefined ? '' : contentLinks(world, container)['webui'];
  const { settled } = comment;
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
    // Footer comments carry it too, though only inline comments can be resolved in the spec.
    resolutionStatus: comment.resolution,
    ...(settled === null ? {} : { resolutionLastModifierId: settled.by, resolutionLastModifiedAt: settled.at }),
    ...(comment.kind === 'inline' ? { properties: markers(world, comment) } : {}),
    ...(withBody ? { body: { storage: { representation: 'storage', value: comment.body } } } : {}),
    _links: { webui: `${webui}?focusedCommentId=${comment.id}` },
  };
}
