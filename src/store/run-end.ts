import { sql } from './sql.ts';
import type { TenantTx } from './db.ts';

/** What the result of an audit leaves to its rows. */
export interface RunEnd {
  /** What it counted for in the hourly quota of an OAuth app. */
  readonly points: number;
  /** How often another worker took the run over. */
  readonly takeovers: number;
  readonly writes: readonly { readonly action: string; readonly outcome: string; readonly count: number }[];
}

/** What is on record of a run that has ended; null where there is none. */
export async function readRunEnd(tx: TenantTx, runId: string): Promise<RunEnd | null> {
  const [row] = await tx.rows<{ points: number; takeovers: number; mode: string }>(sql`
    select points, fence - 1 as takeovers, mode from run where tenant_id = ${tx.tenantId} and run_id = ${runId}`);
  if (row === undefined) return null;
  const { points, takeovers, mode } = row;
  // What an earlier run wrote may be settled by one that writes nothing; it counts where it was settled.
  const writes = mode === 'audit' ? [] : await writesOf(tx, runId);
  return { points, takeovers, writes };
}

const writesOf = (tx: TenantTx, runId: string): Promise<RunEnd['writes'][number][]> =>
  tx.rows(sql`
    select action, state as outcome, count(*)::int as count from page_write
    where tenant_id = ${tx.tenantId} and executed_in_run = ${runId}
      and state in ('done', 'failed', 'refused', 'skipped', 'gone', 'stranded', 'unknown')
    group by 1, 2 order by 1, 2`);
