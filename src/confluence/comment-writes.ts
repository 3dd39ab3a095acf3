import { z } from 'zod';
import type { ContentType } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { isNotFound, toldApart } from './gone-or-forbidden.ts';
import { readList, readObject } from './list.ts';
import { isVisible } from './page-states.ts';
import { collect } from './paginate.ts';
import type { Ask } from './request.ts';
import { orNull, wireId, wireText } from './wire.ts';

/** A footer comment with its text. */
export interface WrittenComment {
  readonly id: string;
  readonly version: number;
  /** Of the newest version. */
  readonly authorId: string | null;
  /** Storage format. */
  readonly storage: string;
  readonly status: string;
  /** The page or blog post that it stands on; null on anything else. */
  readonly pageId: string | null;
}

const wireVersion = z.looseObject({ number: z.int().positive(), authorId: orNull(wireText) });
const wireDone = z.looseObject({ id: wireId, version: wireVersion });
const wireComment = wireDone
  .extend({
    status: wireText,
    pageId: orNull(wireId),
    blogPostId: orNull(wireId),
    body: z.looseObject({ storage: z.looseObject({ value: wireText }) }),
  })
  .transform(({ id, version, status, pageId, blogPostId, body }): WrittenComment => {
    const { number, authorId } = version;
    return { id, version: number, authorId, storage: body.storage.value, status, pageId: pageId ?? blogPostId };
  });

const inStorage = (value: string) => ({ representation: 'storage', value });

/**
 * Comments below a page or blog post. Never sent twice unless it surely was not done.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-comment/
 */
export async function addComment(
  ask: Ask,
  on: { readonly pageId: string; readonly contentType: ContentType },
  storage: string,
): Promise<{ id: string; version: number }> {
  const place = on.contentType === 'blogpost' ? { blogPostId: on.pageId } : { pageId: on.pageId };
  const call = ask({ endpoint: ENDPOINTS.addComment, json: { ...place, body: inStorage(storage) } });
  const answer = await toldApart(call, () => isVisible(ask, on.pageId, on.contentType));
  const { id, version } = readObject(answer, wireDone);
  return { id, version: version.number };
}

/** A footer comment; null where it is gone, or lies in the trash with its page. */
export async function commentById(ask: Ask, id: string): Promise<WrittenComment | null> {
  try {
    const query = { 'body-format': 'storage' };
    const found = readObject(await ask({ endpoint: ENDPOINTS.footerComment, path: { id }, query }), wireComment);
    return found.status === 'trashed' || found.status === 'deleted' ? null : found;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

const isThere = async (ask: Ask, id: string): Promise<boolean> => (await commentById(ask, id)) !== null;

/** `version` is the new number; a `conflict` where the comment is not at the one before. */
export async function updateComment(
  ask: Ask,
  { id, version, storage }: Pick<WrittenComment, 'id' | 'version' | 'storage'>,
): Promise<{ version: number }> {
  const json = { version: { number: version }, body: inStorage(storage) };
  const call = ask({ endpoint: ENDPOINTS.updateComment, path: { id }, json });
  return { version: readObject(await toldApart(call, () => isThere(ask, id)), wireDone).version.number };
}

/** For good: Confluence has no trash for comments. One that is gone already is fine. */
export async function removeComment(ask: Ask, id: string): Promise<void> {
  const call = ask({ endpoint: ENDPOINTS.removeComment, path: { id } });
  await toldApart(call, () => isThere(ask, id)).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}

/** Bodies make rows large. */
const WITH_BODY = 100;

/** The footer comments of a page or blog post, oldest first, without replies. */
export const commentsOn = (ask: Ask, pageId: string, contentType: ContentType): Promise<WrittenComment[]> =>
  collect(async (cursor) => {
    const query = { 'body-format': 'storage', sort: 'created-date', limit: WITH_BODY, cursor };
    const endpoint = contentType === 'blogpost' ? ENDPOINTS.footerCommentsOfPost : ENDPOINTS.footerCommentsOf;
    return readList(await ask({ endpoint, path: { id: pageId }, query }), wireComment);
  });

/** How many replies a footer comment has. */
export async function repliesTo(ask: Ask, id: string): Promise<number> {
  const replies = await collect(async (cursor) => {
    const query = { limit: ROWS.list, cursor };
    return readList(await ask({ endpoint: ENDPOINTS.repliesTo, path: { id }, query }), z.looseObject({ id: wireId }));
  });
  return replies.length;
}
