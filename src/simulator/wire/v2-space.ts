import type { Space } from '../world/model.ts';

/** A space as v2 lists it; without a description format the description is null. */
export function showSpace(space: Space, format: string | undefined): Record<string, unknown> & { _links: object } {
  const description = format === undefined ? null : { [format]: { representation: format, value: space.description } };
  return {
    id: space.id,
    key: space.key,
    name: space.name,
    type: space.type,
    status: space.status,
    authorId: space.authorId,
    spaceOwnerId: space.ownerId,
    createdAt: space.createdAt,
    homepageId: space.homepageId,
    icon: null,
    description,
    currentActiveAlias: space.key,
    _links: { webui: `/spaces/${space.key}` },
  };
}
