import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import { ROWS } from '../domain/list-sizes.ts';
import type { ContentType, Label } from '../domain/inventory.ts';
import { isLabelName } from '../domain/label-name.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readList, readObject } from './list.ts';
import { collect } from './paginate.ts';
import type { Ask } from './request.ts';
import { orNull, wireText } from './wire.ts';

export const wireLabel = z
  .looseObject({ prefix: orNull(wireText), name: wireText })
  .transform(({ prefix, name }): Label => ({ prefix: prefix ?? 'global', name }));

/** All labels of a page or blog post. */
export const labelsOf = (ask: Ask, pageId: string, contentType: ContentType): Promise<Label[]> =>
  collect(async (cursor) => {
    const query = { limit: ROWS.list, cursor };
    const endpoint = contentType === 'blogpost' ? ENDPOINTS.labelsOfPost : ENDPOINTS.labelsOf;
    return readList(await ask({ endpoint, path: { id: pageId }, query }), wireLabel);
  });

/** Adds one global label; gives the labels that are then on the page. Never sent twice unless it surely was not done. */
export async function addLabel(ask: Ask, pageId: string, name: string): Promise<Label[]> {
  if (!isLabelName(name))
    throw new AuditError('request-refused', 'The name is none that a label can have; nothing was sent.');
  const json = [{ prefix: 'global', name }];
  const answer = await ask({ endpoint: ENDPOINTS.addLabel, path: { id: pageId }, json });
  return readObject(answer, z.looseObject({ results: z.array(wireLabel) })).results;
}

/** Takes one label off. A page or a label that is gone already is fine. */
export async function removeLabel(ask: Ask, pageId: string, name: string): Promise<void> {
  // By parameter, not by path: only so may a name hold a slash.
  await ask({ endpoint: ENDPOINTS.removeLabel, path: { id: pageId }, query: { name } }).catch((error: unknown) => {
    if (!(error instanceof AuditError && error.code === 'not-found')) throw error;
  });
}
