import { sql } from './sql.ts';
import type { Reason } from '../domain/outcome.ts';
import type { TenantTx } from './db.ts';

/** Records a scheduled run that did not take place, on purpose or because nobody took it, beside any run that is under way. */
export async function recordEmptyRun(
  tx: TenantTx,
  empty: {
    runId: string;
    mode: 'audit' | 'plan' | 'apply';
    outcome: 'skipped' | 'failed';
    reason: Reason;
    detail: string;
  },
): Promise<void> {
  await tx.rows(sql`
    insert into run (tenant_id, run_id, mode, trigger, "full", config_hash, started_at, finished_at, outcome, reason, detail,
      lease_owner, lease_until)
    values (${tx.tenantId}, ${empty.runId}, ${empty.mode}, 'schedule', false, '', ${tx.now}, ${tx.now}, ${empty.outcome},
      ${empty.reason}, ${empty.detail}, '', ${tx.now})`);
}
