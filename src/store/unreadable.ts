import { sql } from './sql.ts';
import type { TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';
import { saveStep } from './walk.ts';

/** The walks that keep the ids of what another walk listed and could not read. */
const UNREADABLE = 'unreadable:';
/** Stands for an item that does not even have an id. */
const NAMELESS = '?';

export interface Unreadable {
  readonly walk: string;
  /** The ids of those that have one. */
  readonly ids: readonly string[];
  readonly nameless: number;
}

/** Remembers with a list page which of its items could not be read, so that whoever goes on with the run knows it too. */
export async function saveUnreadable(
  tx: TenantTx,
  { runId, walk, step, ids }: { runId: string; walk: string; step: number; ids: readonly (string | null)[] },
): Promise<void> {
  if (ids.length === 0) return;
  const named = ids.map((id) => id ?? NAMELESS);
  await saveStep(tx, { runId, walk: UNREADABLE + walk, step, nextCursor: null, ids: named });
}

/** What the lists of this run held and could not be read, list by list. */
export async function unreadableItems(tx: TenantTx, run: Pick<RunClaim, 'runId'>): Promise<readonly Unreadable[]> {
  const rows = await tx.rows<{ walk: string; ids: string[]; nameless: number }>(sql`
    select substr(s.walk, ${UNREADABLE.length + 1}::int) as walk,
      coalesce(array_agg(distinct item.id) filter (where item.id <> ${NAMELESS}), '{}') as ids,
      (count(*) filter (where item.id = ${NAMELESS}))::int as nameless
    from walk_step s cross join lateral unnest(s.ids) as item(id)
    where s.tenant_id = ${tx.tenantId} and s.run_id = ${run.runId} and starts_with(s.walk, ${UNREADABLE})
    group by s.walk order by s.walk`);
  return rows;
}

/** The name under which the ids that a walk could not read are kept; they are there, whatever they are. */
export const unreadableWalk = (walk: string): string => UNREADABLE + walk;
