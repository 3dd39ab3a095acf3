import { type SQL, sql } from './sql.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';
import { refreshStatistics } from './statistics.ts';

/** Of a shorter list the planner is right to think that it is short. */
const TELLING = 50;
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
  if (ids.length >= TELLING && step % STEPS_PER_LOOK === 0) await refreshStatistics(tx);
}

/** Its last step, and the cursor of the next. */
export interface LastStep {
  readonly step: number;
  readonly nextCursor: string | null;
}

/** Where walks stand, by name; one that has not begun is not there. */
export async function lastSteps(
  tx: TenantTx,
  { runId, walks }: { runId: string; walks: readonly string[] },
): Promise<ReadonlyMap<string, LastStep>> {
  const rows = await tx.rows<LastStep & { walk: string }>(sql`
    select distinct on (walk) walk, step, cursor as "nextCursor" from walk_step
    where tenant_id = ${tx.tenantId} and run_id = ${runId} and walk = any(${list(walks)})
    order by walk, step desc`);
  return new Map(rows.map(({ walk, ...last }) => [walk, last]));
}

/** Whether the walks with one prefix began before those with another had ended, whoever went on with them since. */
export async function beganWithin(
  tx: TenantTx,
  { runId, prefix, other }: { runId: string; prefix: string; other: string },
): Promise<boolean> {
  const [row] = await tx.rows<{ within: boolean | null }>(sql`
    select min(at) filter (where starts_with(walk, ${prefix})) < max(at) filter (where starts_with(walk, ${other})) as within
    from walk_step where tenant_id = ${tx.tenantId} and run_id = ${runId}`);
  return row?.within === true;
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
