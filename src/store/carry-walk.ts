import { sql } from './sql.ts';
import type { TenantTx } from './db.ts';
import type { Run } from './runs.ts';

/** A checkpoint older than this is no basis to conclude anything from. */
const CARRIED_FOR = '36 hours';

/**
 * Lets a new run go on where the one before stopped in the middle of its lists: its checkpoints and seen-sets become this run's. Only
 * where that run is recent, ended `partial` at a limit or an interruption, and asked for the same with the same settings. A run that had
 * finished its lists leaves nothing to go on from: the next one must see what changed since. Returns whether anything was carried over.
 */
export async function carryWalk(tx: TenantTx, run: Run): Promise<boolean> {
  const carried = await tx.rows(sql`
    with last as (
      select r.* from run r where r.tenant_id = ${tx.tenantId} and r.run_id <> ${run.runId} and r.job = 'audit'
        and (r.outcome is null or r.outcome <> 'skipped')
      order by r.started_at desc, r.run_id desc limit 1
    )
    insert into walk_step (tenant_id, run_id, walk, step, cursor, ids, at)
    select s.tenant_id, ${run.runId}, s.walk, s.step, s.cursor, s.ids, s.at
    from last join walk_step s on s.tenant_id = last.tenant_id and s.run_id = last.run_id
    where last.outcome = 'partial' and last.reason in ('budget', 'time', 'rate-limited', 'interrupted')
      and last.finished_at > ${tx.now} - interval '${sql.raw(CARRIED_FOR)}'
      and not exists (
        select 1 from space where space.tenant_id = last.tenant_id and space.run_id = last.run_id and space.state in ('walked', 'partial'))
      and last.config_hash = ${run.configHash} and last.full = ${run.full}
      and last.only_spaces is not distinct from ${run.onlySpaces === null ? null : JSON.stringify(run.onlySpaces)}::jsonb
    returning 1`);
  return carried.length > 0;
}
