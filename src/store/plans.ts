import { sql } from './sql.ts';
import type { PlannedWrite } from '../domain/label-plan.ts';
import { batch } from './batch.ts';
import type { TenantTx } from './db.ts';
import type { Run } from './runs.ts';

export interface PlanRow extends PlannedWrite {
  readonly writeId: string;
  readonly state: 'planned' | 'deferred';
  readonly findingId: string;
  readonly ruleId: string;
}

/** Stores a plan in place of all that was planned before and not carried out; null only takes the old one away. */
export async function savePlan(
  tx: TenantTx,
  run: Run,
  planId: string | null,
  plan: { readonly lifeDays: number; readonly writes: readonly PlanRow[] },
): Promise<void> {
  await tx.rows(sql`
    update label_write set state = 'superseded', outcome = 'A later audit planned anew.'
    where tenant_id = ${tx.tenantId} and state in ('planned', 'deferred')`);
  if (planId === null) return;
  await tx.rows(sql`
    insert into plan (tenant_id, plan_id, run_id, created_at, expires_at)
    values (${tx.tenantId}, ${planId}, ${run.runId}, ${tx.now}, ${tx.now} + make_interval(days => ${plan.lifeDays}))`);
  await tx.rows(sql`update run set plan_id = ${planId} where tenant_id = ${tx.tenantId} and run_id = ${run.runId}`);
  await tx.rows(sql`
    insert into label_write (tenant_id, write_id, plan_id, run_id, finding_id, rule_id, page_id, space_key, page_title, page_url,
      page_version, action, label, reason, severity, undoable, state, due_at, planned_at)
    select ${tx.tenantId}, w."writeId", ${planId}, ${run.runId}, w."findingId", w."ruleId", w."pageId", s.key, p.title,
      t.site || '/wiki' || p.webui, w."pageVersion", w.kind || '-label', w.label, w.reason, w.severity, true, w.state, ${tx.now}, ${tx.now}
    from jsonb_to_recordset(${batch(plan.writes)}) as w("writeId" text, "findingId" text, "ruleId" text, "pageId" text,
        "pageVersion" int, kind text, label text, reason text, severity text, state text)
      join tenant t on t.tenant_id = ${tx.tenantId}
      join page p on p.tenant_id = ${tx.tenantId} and p.page_id = w."pageId"
      join space s on s.tenant_id = ${tx.tenantId} and s.space_id = p.space_id`);
}
