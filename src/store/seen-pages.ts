import { type SQL, sql } from 'drizzle-orm/sql';
import type { TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';

/** The walks whose ids are pages that were listed as current in this run. */
const PAGE_WALKS = 'pages:';
/** The walks whose ids are pages with labels and restrictions read in this run. */
const LABEL_WALKS = 'labels:';

/** The walk whose ids are folders that were read in this run. */
export const FOLDER_WALK = 'folders';

/** The ids that the walks with this prefix saw in a run, as the list of an `in`. */
export const seenIn = (tx: TenantTx, run: Pick<RunClaim, 'runId'>, prefix: string): SQL => sql`(
  select seen.id from walk_step s cross join lateral unnest(s.ids) as seen(id)
  where s.tenant_id = ${tx.tenantId} and s.run_id = ${run.runId} and starts_with(s.walk, ${prefix}))`;

/** The pages that this run has listed; only they are judged and written to. */
export const seenPages = (tx: TenantTx, run: Pick<RunClaim, 'runId'>): SQL => seenIn(tx, run, PAGE_WALKS);

/** Pages listed in this run that no label walk of it showed. */
export const pagesWithoutLabels = (
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
): Promise<{ pageId: string; spaceId: string }[]> =>
  tx.rows(sql`
    select page_id as "pageId", space_id as "spaceId" from page
    where tenant_id = ${tx.tenantId} and gone_at is null and page_id in ${seenPages(tx, run)}
      and not exists (select 1 from ${seenIn(tx, run, LABEL_WALKS)} as l(id) where l.id = page_id)
    order by page_id`);

/** How many pages this run has listed in each of these spaces. */
export const seenBySpace = (
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
): Promise<{ spaceId: string; pages: number }[]> =>
  tx.rows(sql`
    select space_id as "spaceId", count(*)::int as pages from page
    where tenant_id = ${tx.tenantId} and gone_at is null and page_id in ${seenPages(tx, run)}
    group by space_id order by space_id`);

interface SeenStep {
  readonly walk: string;
  readonly step: number;
}

/** The list pages whose ids are the pages of this run: the batches in which a night works, whatever its size. */
export const seenSteps = (tx: TenantTx, run: Pick<RunClaim, 'runId'>): Promise<SeenStep[]> =>
  tx.rows(sql`
    select walk, step from walk_step
    where tenant_id = ${tx.tenantId} and run_id = ${run.runId} and starts_with(walk, ${PAGE_WALKS}) and cardinality(ids) > 0
    order by walk, step`);

/** The ids of one list page. */
export async function idsOfStep(
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
  { walk, step }: SeenStep,
): Promise<readonly string[]> {
  const [row] = await tx.rows<{ ids: string[] }>(sql`
    select ids from walk_step
    where tenant_id = ${tx.tenantId} and run_id = ${run.runId} and walk = ${walk} and step = ${step}`);
  return row?.ids ?? [];
}
