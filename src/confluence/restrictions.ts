import { z } from 'zod';
import type { ReaderList } from '../domain/inventory.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readObject } from './list.ts';
import type { Ask } from './request.ts';
import { orNull, wireText } from './wire.ts';

/** Stands for somebody whom the answer does not identify: dropping the entry could make a closed page look open. */
const UNIDENTIFIED = 'unidentified';

const wireUser = z
  .looseObject({ accountId: orNull(wireText), userKey: orNull(wireText) })
  .transform(({ accountId, userKey }) => accountId ?? userKey ?? UNIDENTIFIED);

/** Restrictions outlive the groups they name, and a deleted group may come without its id. */
const wireGroup = z
  .looseObject({ id: orNull(wireText), name: orNull(wireText) })
  .transform(({ id, name }) => id ?? name ?? UNIDENTIFIED);

const capped = <T extends z.ZodType>(item: T) =>
  z
    .looseObject({
      results: z.array(item),
      size: z.int().nullish(),
      limit: z.int().nullish(),
      _links: z.looseObject({ next: z.string().nullish() }).nullish(),
    })
    .transform(({ results, size, limit, _links }) => ({
      results,
      full: results.length >= (limit ?? Infinity) || (size ?? 0) > results.length || Boolean(_links?.next),
    }));

const wireOperation = z
  .looseObject({ restrictions: z.looseObject({ user: capped(wireUser), group: capped(wireGroup) }) })
  .transform(({ restrictions: { user, group } }) => ({
    list: { users: user.results, groups: group.results } satisfies ReaderList,
    full: user.full || group.full,
  }));

/**
 * Both operations, as under `restrictions` of a search result and at the root of byOperation (the published schema shows
 * another envelope there). Both must be present: an answer without them says nothing, least of all "unrestricted".
 */
export const wireRestrictions = z
  .looseObject({ read: wireOperation, update: wireOperation })
  .transform(({ read, update }) => ({ read: read.list, update: update.list, truncated: read.full || update.full }));

/** The page's own lists. What its ancestors restrict is not in them. */
export async function restrictionsOf(
  ask: Ask,
  pageId: string,
): Promise<{ read: ReaderList; update: ReaderList; truncated: boolean }> {
  const query = { expand: ['restrictions.user', 'restrictions.group'] };
  return readObject(await ask({ endpoint: ENDPOINTS.restrictionsOf, path: { id: pageId }, query }), wireRestrictions);
}
