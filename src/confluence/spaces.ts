import { z } from 'zod';
import type { Space, SpacePermission } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { atMost, NOTHING, readList, type ListPage } from './list.ts';
import type { Ask } from './request.ts';
import { orNull, wireId, wireText, wireTitle } from './wire.ts';

const wireSpace = z
  .looseObject({
    id: wireId,
    key: wireText,
    name: orNull(wireTitle),
    type: wireText,
    status: wireText,
    homepageId: orNull(wireId),
    spaceOwnerId: orNull(wireText),
  })
  .transform(({ id, key, name, type, status, homepageId, spaceOwnerId }): Space => {
    return { id, key, name: name ?? key, type, status, homepageId, ownerId: spaceOwnerId };
  });

/** Spaces of every status, 250 at a time, ordered by id. */
export async function listSpaces(
  ask: Ask,
  { cursor, keys }: { cursor?: string | null; keys?: readonly string[] },
): Promise<ListPage<Space>> {
  if (keys?.length === 0) return NOTHING;
  const query = { keys: keys && atMost(ROWS.list, keys), sort: 'id', limit: ROWS.list, cursor };
  return readList(await ask({ endpoint: ENDPOINTS.spaces, query }), wireSpace);
}

const wireSpacePermission = z
  .looseObject({
    id: wireText,
    principal: z.looseObject({ type: wireText, id: wireText }),
    operation: z.looseObject({ key: wireText, targetType: wireText }),
  })
  .transform(({ id, principal, operation }): SpacePermission => {
    const { key, targetType } = operation;
    return { id, principal: { type: principal.type, id: principal.id }, operation: key, target: targetType };
  });

/** Who may do what in a space. Each row costs as much of an hourly quota as two pages: ask seldom. */
export async function listSpacePermissions(
  ask: Ask,
  { spaceId, cursor }: { spaceId: string; cursor?: string | null },
): Promise<ListPage<SpacePermission>> {
  const query = { limit: ROWS.list, cursor };
  return readList(
    await ask({ endpoint: ENDPOINTS.spacePermissions, path: { id: spaceId }, query }),
    wireSpacePermission,
  );
}
