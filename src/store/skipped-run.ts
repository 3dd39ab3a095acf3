import { sql } from 'drizzle-orm/sql';
import type { Reason } from '../domain/outcome.ts';
import type { TenantTx } from './db.ts';

/** Records a scheduled run that was left out on purpose, beside any run that is under way. */
export async function recordSkippedRun(
  tx: TenantTx,
  skipped: { runId: string; mode: 'audit' | 'plan' | 'apply'; reason: Reason; detail: string },
): Promise<void> {
  await tx.rows(sql`
    insert into run (tenant_id, run_id, mode, trigger, "full", config_hash, started_at, finished_at, outcome, reason, detail,
      lease_owner, lease_until)
    values (${tx.tenantId}, ${skipped.runId}, ${skipped.mode}, 'schedule', false, '', ${tx.now}, ${tx.now}, 'skipped',
      ${skipped.reason}, ${skipped.detail}, '', ${tx.now})`);
}
