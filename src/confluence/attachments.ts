import { z } from 'zod';
import type { Attachment } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readList, type ListPage } from './list.ts';
import type { Ask } from './request.ts';
import { orNull, wireAttachmentId, wireId, wireText, wireTitle, wireVersion } from './wire.ts';

const wireAttachment = z
  .looseObject({
    id: wireAttachmentId,
    pageId: orNull(wireId),
    blogPostId: orNull(wireId),
    title: wireTitle,
    mediaType: orNull(wireText),
    fileSize: orNull(z.number().nonnegative()),
    status: wireText,
    version: wireVersion,
  })
  .transform(({ id, pageId, blogPostId, title, mediaType, fileSize, status, version }): Attachment | null => {
    const holder = pageId ?? blogPostId;
    if (holder === null) return null;
    return { id, pageId: holder, title, mediaType: mediaType ?? '', fileSize, status, version };
  });

/** Current attachments of the whole site; those of comments and custom content are left aside. */
export async function listAttachments(
  ask: Ask,
  { cursor, order, limit }: { cursor?: string | null; order?: 'newest-first' | undefined; limit?: number | undefined },
): Promise<ListPage<Attachment>> {
  // Ordered by creation: a new version during the walk moves no attachment across the cursor.
  const sort = order === 'newest-first' ? '-modified-date' : 'created-date';
  const query = { status: 'current', sort, limit: limit ?? ROWS.list, cursor };
  const page = readList(await ask({ endpoint: ENDPOINTS.attachments, query }), wireAttachment);
  return { ...page, items: page.items.filter((item) => item !== null) };
}
