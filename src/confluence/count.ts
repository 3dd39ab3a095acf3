import { z } from 'zod';
import { type Searched, cqlForPages } from './cql.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readObject } from './list.ts';
import type { Ask } from './request.ts';

const wireCount = z.looseObject({ totalSize: z.int().nonnegative() });

/**
 * How much a search would find, by the site's own estimate: its index lags, and the number has been seen to be off. Good enough for
 * saying what a night may cost, never for concluding anything.
 * https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-search/
 */
export async function countBySearch(ask: Ask, searched: Searched): Promise<number> {
  const query = { cql: cqlForPages(searched), limit: 1 };
  return readObject(await ask({ endpoint: ENDPOINTS.countBySearch, query }), wireCount).totalSize;
}
