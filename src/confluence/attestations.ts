import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { readList, readObject } from './list.ts';
import type { Ask } from './request.ts';
import { wireInstant, wireText } from './wire.ts';

const wireProperty = z.looseObject({ key: wireText, value: z.unknown() });

/**
 * The value of a content property of a page, whatever JSON it is; undefined where the page has none of that key.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-content-properties/
 */
export async function propertyOf(ask: Ask, { pageId, key }: { pageId: string; key: string }): Promise<unknown> {
  const query = { key, limit: 25 };
  const { items } = readList(
    await ask({ endpoint: ENDPOINTS.propertiesOf, path: { id: pageId }, query }),
    wireProperty,
  );
  return items.find((item) => item.key === key)?.value;
}

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
