import { z } from 'zod';
import type { Task } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { atMost, NOTHING, readList, type ListPage } from './list.ts';
import type { Ask } from './request.ts';
import { orNull, wireId, wireInstant, wireText } from './wire.ts';

const wireTask = z
  .looseObject({
    id: wireId,
    pageId: orNull(wireId),
    blogPostId: orNull(wireId),
    spaceId: wireId,
    status: wireText,
    createdBy: orNull(wireText),
    assignedTo: orNull(wireText),
    createdAt: wireInstant,
    dueAt: orNull(wireInstant),
    completedAt: orNull(wireInstant),
  })
  .transform(({ pageId, blogPostId, ...row }): Task | null => {
    const holder = pageId ?? blogPostId;
    if (holder === null) return null;
    const { id, spaceId, status, createdBy, assignedTo, createdAt, dueAt, completedAt } = row;
    return { id, pageId: holder, spaceId, status, createdBy, assignedTo, createdAt, dueAt, completedAt };
  });

/**
 * Tasks of up to 250 spaces or 250 pages, blank ones left out. The list knows no sort, so it comes in the order of ids.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-task/
 */
export async function listTasks(
  ask: Ask,
  q: {
    spaceIds?: readonly string[];
    pageIds?: readonly string[];
    status?: 'complete' | 'incomplete';
    cursor?: string | null;
  },
): Promise<ListPage<Task>> {
  if (q.spaceIds?.length === 0 || q.pageIds?.length === 0) return NOTHING;
  const query = {
    'space-id': q.spaceIds && atMost(ROWS.list, q.spaceIds),
    'page-id': q.pageIds && atMost(ROWS.list, q.pageIds),
    status: q.status,
    limit: ROWS.list,
    cursor: q.cursor,
  };
  const page = readList(await ask({ endpoint: ENDPOINTS.tasks, query }), wireTask);
  return { ...page, items: page.items.filter((item) => item !== null) };
}
