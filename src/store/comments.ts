import { type SQL, sql } from './sql.ts';
import type { Comment } from '../domain/inventory.ts';
import { batch, eachOnce } from './batch.ts';
import type { TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';

/** The walk whose ids are comments. */
export const COMMENT_WALK = 'comments';

/** Saves what the list of inline comments says. Rows that did not change are not rewritten. */
export async function upsertComments(tx: TenantTx, comments: readonly Comment[]): Promise<{ changed: number }> {
  const rows = eachOnce(comments).map(({ id, pageId, resolution, version }) => ({
    id,
    pageId,
    resolution: resolution ?? 'unknown',
    createdAt: version.createdAt,
  }));
  const changed = await tx.rows(sql`
    insert into comment as c (tenant_id, comment_id, page_id, resolution, created_at)
    select ${tx.tenantId}, x.id, x."pageId", x.resolution, x."createdAt"
    from jsonb_to_recordset(${batch(rows)}) as x(id text, "pageId" text, resolution text, "createdAt" timestamptz)
    on conflict (tenant_id, comment_id) do update set page_id = excluded.page_id, resolution = excluded.resolution,
      -- The lists give the date of the newest version alone: what was seen first is nearest to when it was written.
      created_at = least(c.created_at, excluded.created_at), gone_at = null
    where c.gone_at is not null or (c.page_id, c.resolution) is distinct from (excluded.page_id, excluded.resolution)
      or excluded.created_at < c.created_at
    returning 1`);
  return { changed: changed.length };
}

/** After a complete walk over the site: the comments that it did not see are gone. Returns how many. */
export async function markCommentsGone(tx: TenantTx, { seen }: { seen: SQL }): Promise<number> {
  const gone = await tx.rows(sql`
    update comment set gone_at = ${tx.now}
    where tenant_id = ${tx.tenantId} and gone_at is null and not exists (select 1 from ${seen} as s(id) where s.id = comment_id)
    returning 1`);
  return gone.length;
}

/** Whether this run has walked the comments to the end of their list; what is stored is only then today's. */
export async function commentsRead(tx: TenantTx, run: Pick<RunClaim, 'runId'>): Promise<boolean> {
  const last = await tx.rows(sql`
    select 1 from walk_step
    where tenant_id = ${tx.tenantId} and run_id = ${run.runId} and split_part(walk, '@', 1) = ${COMMENT_WALK} and cursor is null`);
  return last.length > 0;
}
