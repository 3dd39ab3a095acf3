import { z } from 'zod';
import type { Attachment } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readList, type ListPage } from './list.ts';
import { fieldsOf, orAbsent, plainId, plainText, plainTitle, plainVersion } from './plain.ts';
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

/** A row that belongs to a page or a post; null for all others, which the schema reads. */
function plainAttachment(raw: unknown): Attachment | null {
  const row = fieldsOf(raw);
  if (row === null) return null;
  const version = plainVersion(row['version']);
  const title = plainTitle(row['title']);
  const status = plainText(row['status']);
  const pageId = orAbsent(row['pageId'], plainId);
  const blogPostId = orAbsent(row['blogPostId'], plainId);
  const mediaType = orAbsent(row['mediaType'], plainText);
  if (pageId === undefined || blogPostId === undefined || mediaType === undefined) return null;
  const holder = pageId ?? blogPostId;
  const { id, fileSize } = row as { id: unknown; fileSize: unknown };
  if (version === null || title === null || status === null || holder === null) return null;
  if (typeof id !== 'string' || !/^att\d{1,19}$/.test(id)) return null;
  if (typeof fileSize !== 'number' || !Number.isFinite(fileSize) || fileSize < 0) return null;
  return { id, pageId: holder, title, mediaType: mediaType ?? '', fileSize, status, version };
}

/** Current attachments of the whole site; those of comments and custom content are left aside. */
export async function listAttachments(
  ask: Ask,
  { cursor, order, limit }: { cursor?: string | null; order?: 'newest-first' | undefined; limit?: number | undefined },
): Promise<ListPage<Attachment>> {
  // Ordered by creation: a new version during the walk moves no attachment across the cursor.
  const sort = order === 'newest-first' ? '-modified-date' : 'created-date';
  const query = { status: 'current', sort, limit: limit ?? ROWS.list, cursor };
  const page = readList(await ask({ endpoint: ENDPOINTS.attachments, query }), wireAttachment, plainAttachment);
  return { ...page, items: page.items.filter((item) => item !== null) };
}
