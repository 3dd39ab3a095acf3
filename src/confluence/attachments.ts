import { z } from 'zod';
import type { Attachment } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readList, type ListPage } from './list.ts';
import { fieldsOf, orAbsent, plainId, plainInstant, plainText, plainTitle, plainVersion } from './plain.ts';
import type { Ask } from './request.ts';
import { orNull, wireAttachmentId, wireId, wireInstant, wireText, wireTitle, wireVersion } from './wire.ts';

/** An attachment as the list of the site shows it. */
export interface ListedAttachment extends Attachment {
  /** When it came, whatever its version; null where the answer does not say. */
  readonly createdAt: string | null;
}

const wireAttachment = z
  .looseObject({
    id: wireAttachmentId,
    pageId: orNull(wireId),
    blogPostId: orNull(wireId),
    title: wireTitle,
    mediaType: orNull(wireText),
    fileSize: orNull(z.number().nonnegative()),
    status: wireText,
    createdAt: orNull(wireInstant),
    version: wireVersion,
  })
  .transform(
    ({ id, pageId, blogPostId, title, mediaType, fileSize, status, createdAt, version }): ListedAttachment | null => {
      const holder = pageId ?? blogPostId;
      if (holder === null) return null;
      return { id, pageId: holder, title, mediaType: mediaType ?? '', fileSize, status, createdAt, version };
    },
  );

/** Ordered by creation a new version during the walk moves no attachment across the cursor. */
const SORTS = { created: 'created-date', backwards: '-created-date', 'newest-first': '-modified-date' } as const;

export interface OfSite {
  readonly cursor?: string | null;
  /** By creation unless this says otherwise. */
  readonly order?: keyof typeof SORTS | undefined;
  readonly limit?: number | undefined;
}

/** A row that belongs to a page or a post; null for all others, which the schema reads. */
function plainAttachment(raw: unknown): ListedAttachment | null {
  const row = fieldsOf(raw);
  if (row === null) return null;
  const version = plainVersion(row['version']);
  const title = plainTitle(row['title']);
  const status = plainText(row['status']);
  const pageId = orAbsent(row['pageId'], plainId);
  const blogPostId = orAbsent(row['blogPostId'], plainId);
  const mediaType = orAbsent(row['mediaType'], plainText);
  const createdAt = orAbsent(row['createdAt'], plainInstant);
  if (pageId === undefined || blogPostId === undefined || mediaType === undefined || createdAt === undefined)
    return null;
  const holder = pageId ?? blogPostId;
  const { id, fileSize } = row as { id: unknown; fileSize: unknown };
  if (version === null || title === null || status === null || holder === null) return null;
  if (typeof id !== 'string' || !/^att\d{1,19}$/.test(id)) return null;
  if (typeof fileSize !== 'number' || !Number.isFinite(fileSize) || fileSize < 0) return null;
  return { id, pageId: holder, title, mediaType: mediaType ?? '', fileSize, status, createdAt, version };
}

/** Current attachments of the whole site; those of comments and custom content are left aside. */
export async function listAttachments(ask: Ask, { cursor, order, limit }: OfSite): Promise<ListPage<ListedAttachment>> {
  const query = { status: 'current', sort: SORTS[order ?? 'created'], limit: limit ?? ROWS.list, cursor };
  const page = readList(await ask({ endpoint: ENDPOINTS.attachments, query }), wireAttachment, plainAttachment);
  return { ...page, items: page.items.filter((item) => item !== null) };
}
