import { z } from 'zod';
import type { ContentType } from '../domain/inventory.ts';
import { ENDPOINTS } from './endpoints.ts';
import { isNotFound, toldApart } from './gone-or-forbidden.ts';
import { readObject } from './list.ts';
import { isVisible } from './page-states.ts';
import type { Ask } from './request.ts';

/**
 * Puts a page or blog post into the trash, out of which it can be restored; it is never purged. One that is gone already is fine.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/
 */
export async function trashPage(ask: Ask, id: string, contentType: ContentType): Promise<void> {
  const endpoint = contentType === 'blogpost' ? ENDPOINTS.trashPost : ENDPOINTS.trashPage;
  const call = ask({ endpoint, path: { id } });
  await toldApart(call, () => isVisible(ask, id, contentType)).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}

const wireVersion = z.looseObject({ number: z.int().positive() });
// As it was sent, not cleaned: it is sent back.
const wireTrashed = z.looseObject({
  title: z.string(),
  version: wireVersion,
  body: z.looseObject({ storage: z.looseObject({ value: z.string() }) }),
});

/**
 * Takes a page out of the trash, under that parent or, without one, where Confluence puts it. The operation wants title and body, so both
 * are read and sent back; they pass through memory only. `not-found`: it is not in the trash, the parent is gone, or the account may not.
 */
export async function restorePage(
  ask: Ask,
  id: string,
  { parentId, message }: { readonly parentId: string | null; readonly message: string },
): Promise<{ version: number }> {
  const query = { status: 'trashed', 'body-format': 'storage' };
  const trashed = readObject(await ask({ endpoint: ENDPOINTS.page, path: { id }, query }), wireTrashed);
  const json = {
    id,
    status: 'current',
    title: trashed.title,
    ...(parentId === null ? {} : { parentId }),
    body: { representation: 'storage', value: trashed.body.storage.value },
    version: { number: trashed.version.number + 1, message },
  };
  const answer = await ask({ endpoint: ENDPOINTS.restorePage, path: { id }, json });
  return { version: readObject(answer, z.looseObject({ version: wireVersion })).version.number };
}
