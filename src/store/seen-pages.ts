import { type SQL, sql } from './sql.ts';
import type { ContentType } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { batch, list } from './batch.ts';
import { inBulk } from './bulk.ts';
import type { TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';
import { unreadableWalk } from './unreadable.ts';

/** The walks whose ids are pages that were listed as current in this run. */
const PAGE_WALKS = 'pages:';
/** The walk whose ids are pages that the inventory knows, of spaces of which only what changed was listed. */
const KNOWN_WALK = 'known';
/** The walks with this prefix list what changed; what is on none of them is not absent. */
export const CHANGED_WALKS = `${PAGE_WALKS}changed:`;
/** The walks whose ids are pages with labels and restrictions read in this run. */
export const LABEL_WALKS = 'labels:';

/** The walk whose ids are folders that were read in this run. */
export const FOLDER_WALK = 'folders';

/** The ids that the walks with this prefix saw in a run, as the list of an `in`. */
export const seenIn = (tx: TenantTx, run: Pick<RunClaim, 'runId'>, prefix: string): SQL => sql`(
  select seen.id from walk_step s cross join lateral unnest(s.ids) as seen(id)
  where s.tenant_id = ${tx.tenantId} and s.run_id = ${run.runId} and starts_with(s.walk, ${prefix}))`;

/** The pages that this run has met in a list. */
export const listedPages = (tx: TenantTx, run: Pick<RunClaim, 'runId'>): SQL => seenIn(tx, run, PAGE_WALKS);

/** The pages of this run: listed in it, or known and in a space of which what changed was listed. Only they are judged and written to. */
export const seenPages = (tx: TenantTx, run: Pick<RunClaim, 'runId'>): SQL => sql`(
  select seen.id from walk_step s cross join lateral unnest(s.ids) as seen(id)
  where s.tenant_id = ${tx.tenantId} and s.run_id = ${run.runId} and ${ofPages})`;

const ofPages = sql`(starts_with(walk, ${PAGE_WALKS}) or walk = ${KNOWN_WALK})`;

/** Makes what the inventory holds of these spaces part of the run, in batches like those of lists; without what was listed and could not be read. */
export async function takeOverKnown(
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
  { spaceIds, content }: { spaceIds: readonly string[]; content: readonly ContentType[] },
): Promise<void> {
  await tx.rows(
    sql`delete from walk_step where tenant_id = ${tx.tenantId} and run_id = ${run.runId} and walk = ${KNOWN_WALK}`,
  );
  await tx.rows(sql`
    insert into walk_step (tenant_id, run_id, walk, step, ids, at)
    select ${tx.tenantId}, ${run.runId}, ${KNOWN_WALK}, batch, array_agg(page_id order by page_id), ${tx.now}
    from (
      select page_id, (((row_number() over (order by page_id)) - 1) / ${ROWS.list})::integer as batch from page
      where tenant_id = ${tx.tenantId} and gone_at is null and space_id = any(${list(spaceIds)}) and content_type = any(${list(content)})
        and page_id not in ${listedPages(tx, run)} and page_id not in ${seenIn(tx, run, unreadableWalk(PAGE_WALKS))}
    ) as known
    group by batch`);
}

/** The earliest moment at which something of these walks was read, also by the run that this one goes on from. */
export async function walkedFrom(
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'> & { readonly startedAt: string },
  prefix: string,
): Promise<string> {
  const [row] = await tx.rows<{ at: string }>(sql`
    select least(min(at), ${run.startedAt}::timestamptz) as at from walk_step
    where tenant_id = ${tx.tenantId} and run_id = ${run.runId} and starts_with(walk, ${prefix})`);
  return row?.at ?? run.startedAt;
}

/** The walks over the pages of all spaces. */
export const ALL_PAGE_WALKS = PAGE_WALKS;

/** How many pages and blog posts take part in this run. */
export async function countSeen(tx: TenantTx, run: Pick<RunClaim, 'runId'>): Promise<number> {
  const [row] = await tx.rows<{ pages: number }>(sql`
    select coalesce(sum(cardinality(ids)), 0)::int as pages from walk_step
    where tenant_id = ${tx.tenantId} and run_id = ${run.runId} and ${ofPages}`);
  return row?.pages ?? 0;
}

/** How many pages and blog posts take part in this run in each space. */
export const seenBySpace = (
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
): Promise<{ spaceId: string; contentType: ContentType; pages: number }[]> =>
  inBulk(tx, () =>
    tx.rows(sql`
    select space_id as "spaceId", content_type as "contentType", count(*)::int as pages from page
    where tenant_id = ${tx.tenantId} and gone_at is null and page_id in ${seenPages(tx, run)}
    group by space_id, content_type order by space_id, content_type`),
  );

export interface SeenStep {
  readonly walk: string;
  readonly step: number;
  readonly pages: number;
}

/** The list pages whose ids are the pages of this run: the batches in which a night works, whatever its size. */
export const seenSteps = (tx: TenantTx, run: Pick<RunClaim, 'runId'>): Promise<SeenStep[]> =>
  tx.rows(sql`
    select walk, step, cardinality(ids) as pages from walk_step
    where tenant_id = ${tx.tenantId} and run_id = ${run.runId} and ${ofPages} and cardinality(ids) > 0
    order by walk, step`);

/** The ids of some list pages; a page that moved while it was listed may come twice. */
export async function idsOfSteps(
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
  steps: readonly SeenStep[],
): Promise<readonly string[]> {
  const rows = await tx.rows<{ ids: string[] }>(sql`
    select ids from walk_step s
      join jsonb_to_recordset(${batch(steps)}) as x(walk text, step integer) on x.walk = s.walk and x.step = s.step
    where tenant_id = ${tx.tenantId} and run_id = ${run.runId} order by s.walk, s.step`);
  return rows.flatMap(({ ids }) => ids);
}
