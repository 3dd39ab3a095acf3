import { z } from 'zod';
import type { LabelsAndRestrictions } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { type Searched, cqlForPages } from './cql.ts';
import { ENDPOINTS } from './endpoints.ts';
import { wireLabel } from './labels.ts';
import { atMost, NOTHING, readList, type ListPage } from './list.ts';
import type { Ask } from './request.ts';
import { wireRestrictions } from './restrictions.ts';
import { wireId } from './wire.ts';

/** From about here on, label lists of a search come back short without a sign: CONFCLOUD-71415. */
const LABELS_DOUBTED_FROM = 190;

/**
 * Never `ancestors.restrictions`: one ancestor that the account cannot read fails the whole page of results with 404
 * (CONFCLOUD-77618, CONFCLOUD-76424).
 */
const EXPAND = [
  'metadata.labels',
  'restrictions.read.restrictions.user',
  'restrictions.read.restrictions.group',
  'restrictions.update.restrictions.user',
  'restrictions.update.restrictions.group',
];

const wireHit = z
  .looseObject({
    id: wireId,
    metadata: z.looseObject({ labels: z.looseObject({ results: z.array(wireLabel) }) }),
    restrictions: wireRestrictions,
  })
  .transform(({ id, metadata: { labels }, restrictions }): LabelsAndRestrictions => {
    const { read, update } = restrictions;
    const truncated = restrictions.truncated || labels.results.length >= LABELS_DOUBTED_FROM;
    return { pageId: id, labels: labels.results, read, update, truncated };
  });

/**
 * Labels and own restrictions of many pages at once. The search index lags behind and leaves archived pages out, so what
 * is missing here is not known to be missing on the site.
 */
export async function searchLabelsAndRestrictions(
  ask: Ask,
  q: Searched & { readonly cursor?: string | null; readonly limit?: number | undefined },
): Promise<ListPage<LabelsAndRestrictions>> {
  if ([q.pageIds, q.spaceKeys, q.labels].some((names) => names?.length === 0)) return NOTHING;
  if (q.pageIds !== undefined) atMost(100, q.pageIds);
  const query = { cql: cqlForPages(q), expand: EXPAND, limit: q.limit ?? ROWS.search, cursor: q.cursor };
  return readList(await ask({ endpoint: ENDPOINTS.search, query }), wireHit);
}
