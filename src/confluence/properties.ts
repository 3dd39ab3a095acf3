import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { isNotFound } from './gone-or-forbidden.ts';
import { readList, readObject } from './list.ts';
import type { Ask } from './request.ts';
import { orNull, wireId, wireText } from './wire.ts';

/** A content property of a page. */
export interface Property {
  readonly id: string;
  readonly version: number;
  /** Of the newest version. */
  readonly authorId: string | null;
  /** Any JSON. */
  readonly value: unknown;
}

const wireProperty = z
  .looseObject({
    id: wireId,
    key: wireText,
    value: z.unknown(),
    version: z.looseObject({ number: z.int().positive(), authorId: orNull(wireText) }),
  })
  .transform(({ id, key, value, version: { number: version, authorId } }) => ({ id, key, version, authorId, value }));

/**
 * The content property of that key; null where the page has none.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-content-properties/
 */
export async function propertyNamed(ask: Ask, pageId: string, key: string): Promise<Property | null> {
  const query = { key, limit: 25 };
  const answer = await ask({ endpoint: ENDPOINTS.propertiesOf, path: { id: pageId }, query });
  const found = readList(answer, wireProperty).items.find((item) => item.key === key);
  if (found === undefined) return null;
  const { id, version, authorId, value } = found;
  return { id, version, authorId, value };
}

/** The value of a content property, whatever JSON it is; undefined where the page has none of that key. */
export const propertyOf = async (ask: Ask, pageId: string, key: string): Promise<unknown> =>
  (await propertyNamed(ask, pageId, key))?.value;

/** Never sent twice unless it surely was not done. A key that is taken is a `conflict`. */
export async function addProperty(
  ask: Ask,
  pageId: string,
  { key, value }: { readonly key: string; readonly value: unknown },
): Promise<{ id: string; version: number }> {
  const answer = await ask({ endpoint: ENDPOINTS.addProperty, path: { id: pageId }, json: { key, value } });
  const { id, version } = readObject(answer, wireProperty);
  return { id, version };
}

/** `version` is the new number; a `conflict` where the property is not at the one before. */
export async function updateProperty(
  ask: Ask,
  pageId: string,
  { id: propertyId, key, version, value }: { readonly key: string } & Omit<Property, 'authorId'>,
): Promise<{ version: number }> {
  const json = { key, value, version: { number: version } };
  const path = { id: pageId, propertyId };
  return { version: readObject(await ask({ endpoint: ENDPOINTS.updateProperty, path, json }), wireProperty).version };
}

/** A property that is gone already is fine. */
export async function removeProperty(ask: Ask, pageId: string, propertyId: string): Promise<void> {
  await ask({ endpoint: ENDPOINTS.removeProperty, path: { id: pageId, propertyId } }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}
