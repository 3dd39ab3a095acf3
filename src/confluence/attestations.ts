import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { readObject } from './list.ts';
import type { Ask } from './request.ts';
import { wireInstant, wireText } from './wire.ts';

const wireStatus = z.looseObject({
  contentState: z.looseObject({ name: wireText }).nullish(),
  lastUpdated: wireInstant.nullish(),
});

/**
 * The status that somebody gave a page, as "Verified", and when; null where it has none.
 * https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-states/
 */
export async function statusOf(ask: Ask, pageId: string): Promise<{ name: string; at: string } | null> {
  const answer = await ask({ endpoint: ENDPOINTS.statusOf, path: { id: pageId }, query: { status: 'current' } });
  if (answer.json === null) return null;
  const { contentState, lastUpdated } = readObject(answer, wireStatus);
  return contentState && lastUpdated ? { name: contentState.name, at: lastUpdated } : null;
}
