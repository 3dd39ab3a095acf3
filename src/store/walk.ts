import { type SQL, sql } from './sql.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';

/** How many list pages may be stored before it is asked again whether the planner knows of them. */
const STEPS_PER_LOOK = 8;

/**
 * Saves one list page of a walk: which ids it held and where the next one begins (null: the walk is complete). In the
 * same transaction as the rows of that page, so a crash repeats one list page at most.
 */
export async function saveStep(
  tx: TenantTx,
  {
    runId,
    walk,
    step,
    nextCursor,
    ids,
  }: { runId: string; walk: string; step: number; nextCursor: string | null; ids: readonly string[] },
): Promise<void> {
  await tx.rows(sql`
    insert into walk_step (tenant_id, run_id, walk, step, cursor, ids, at)
    values (${tx.tenantId}, ${runId}, ${walk}, ${step}, ${nextCursor}, ${list(ids)}, ${tx.now})
    on conflict (tenant_id, run_id, walk, step) do update
      set cursor = excluded.cursor, ids = excluded.ids, at = excluded.at`);
  if (step % STEPS_PER_LOOK === 0) await tx.rows(sql`select audit.refresh_statistics()`);
}

/** Where a walk stands: its last step and the cursor of the next; null where it has not begun. */
export async function lastStep(
  tx: TenantTx,
  { runId, walk }: { runId: string; walk: string },
): Promise<{ step: number; nextCursor: string | null } | null> {
  const [last] = await tx.rows<{ step: number; nextCursor: string | null }>(sql`
    select step, cursor as "nextCursor" from walk_step
    where tenant_id = ${tx.tenantId} and run_id = ${runId} and walk = ${walk}
    order by step desc limit 1`);
  return last ?? null;
}

/** Every id that these walks of a run saw (`NAME@100` is NAME with shorter list pages), as a relation of one column; duplicates are possible. */
export const seenIds = (tx: TenantTx, { runId, walks }: { runId: string; walks: readonly string[] }): SQL => sql`(
  select seen.id from walk_step s cross join lateral unnest(s.ids) as seen(id)
  where s.tenant_id = ${tx.tenantId} and s.run_id = ${runId} and split_part(s.walk, '@', 1) = any(${list(walks)}))`;

/** Drops the seen-sets of runs that ended and were not the last, so that they do not pile up. */
export async function pruneWalks(tx: TenantTx, { keepRunId }: { keepRunId: string }): Promise<void> {
  await tx.rows(sql`
    delete from walk_step s using run r
    where s.tenant_id = ${tx.tenantId} and s.run_id <> ${keepRunId}
      and r.tenant_id = s.tenant_id and r.run_id = s.run_id and r.outcome is not null`);
}
