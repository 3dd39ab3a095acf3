import { z } from 'zod';
import type { Comment } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readList, type ListPage } from './list.ts';
import type { Ask } from './request.ts';
import { orNull, wireId, wireInstant, wireText, wireVersion } from './wire.ts';

const wireComment = (kind: Comment['kind']) =>
  z
    .looseObject({
      id: wireId,
      pageId: orNull(wireId),
      blogPostId: orNull(wireId),
      parentCommentId: orNull(wireId),
      status: wireText,
      resolutionStatus: orNull(wireText),
      resolutionLastModifiedAt: orNull(wireInstant),
      version: wireVersion,
    })
    .transform((row): Comment | null => {
      const pageId = row.pageId ?? row.blogPostId;
      // Comments on attachments and on the objects of apps are nobody's runbook.
      if (pageId === null) return null;
      const { id, status, parentCommentId: parentId, version } = row;
      const { resolutionStatus: resolution, resolutionLastModifiedAt: resolvedAt } = row;
      return { id, pageId, kind, parentId, status, resolution, resolvedAt, version };
    });

const SITE = { inline: ENDPOINTS.inlineComments, footer: ENDPOINTS.footerComments };
const PAGE = { inline: ENDPOINTS.inlineCommentsOf, footer: ENDPOINTS.footerCommentsOf };
const WIRE = { inline: wireComment('inline'), footer: wireComment('footer') };

/**
 * Comments of one kind, oldest first: of the whole site, or of one page and then without replies. No body is asked for.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-comment/
 */
export async function listComments(
  ask: Ask,
  kind: Comment['kind'],
  { pageId, cursor, limit }: { pageId?: string; cursor?: string | null; limit?: number | undefined },
): Promise<ListPage<Comment>> {
  // Ordered by creation: an edit or a resolution during the walk moves no comment across the cursor.
  const query = { sort: 'created-date', limit: limit ?? ROWS.list, cursor };
  const answer =
    pageId === undefined
      ? await ask({ endpoint: SITE[kind], query })
      : await ask({ endpoint: PAGE[kind], path: { id: pageId }, query });
  const page = readList(answer, WIRE[kind]);
  return { ...page, items: page.items.filter((item) => item !== null) };
}
