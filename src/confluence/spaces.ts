import { z } from 'zod';
import type { Space } from '../domain/inventory.ts';
import { ENDPOINTS } from './endpoints.ts';
import { atMost, NOTHING, readList, type ListPage } from './list.ts';
import type { Ask } from './request.ts';
import { orNull, wireId, wireText } from './wire.ts';

const wireSpace = z
  .looseObject({
    id: wireId,
    key: wireText,
    name: orNull(wireText),
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
  const query = { keys: keys && atMost(250, keys), sort: 'id', limit: 250, cursor };
  return readList(await ask({ endpoint: ENDPOINTS.spaces, query }), wireSpace);
}
