import { sql } from './sql.ts';
import type { Severity } from '../domain/severity.ts';
import type { WriteAction } from '../domain/write-action.ts';
import { batch } from './batch.ts';
import type { Store, TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';

/** One write as it goes into a plan. */
export interface PlanRow {
  readonly writeId: string;
  readonly state: 'planned' | 'deferred';
  /** Why it waits; null where it does not. */
  readonly outcome: string | null;
  readonly findingId: string;
  readonly ruleId: string;
  readonly actionName: string | null;
  readonly pageId: string;
  readonly pageVersion: number;
  readonly action: WriteAction;
  readonly mark: string;
  readonly content: string | null;
  readonly reason: string;
  readonly severity: Severity;
  readonly undoable: boolean;
  readonly needsApproval: boolean;
  readonly cost: number;
  readonly dueAt: string;
  readonly undoes: string | null;
  readonly remoteId: string | null;
  readonly remoteVersion: number | null;
  readonly parentId: string | null;
}

interface NewPlan {
  readonly planId: string;
  readonly kind: 'audit' | 'undo';
  readonly lifeDays: number;
  readonly refusedBecause: string | null;
  readonly writes: readonly PlanRow[];
}

/** Whatever was planned before and not carried out gives way to what is planned now. */
export const supersedePlans = (tx: TenantTx) =>
  tx.rows(sql`
    update page_write set state = 'superseded', outcome = 'A later audit planned anew.'
    where tenant_id = ${tx.tenantId} and state in ('planned', 'deferred')`);

/** Stores a plan under the run that made it. */
export async function savePlan(tx: TenantTx, run: RunClaim, plan: NewPlan): Promise<void> {
  await tx.rows(sql`
    insert into plan (tenant_id, plan_id, run_id, kind, created_at, expires_at, wanted, refused_because)
    values (${tx.tenantId}, ${plan.planId}, ${run.runId}, ${plan.kind}, ${tx.now}, ${tx.now} + make_interval(days => ${plan.lifeDays}),
      ${plan.writes.length}, ${plan.refusedBecause})`);
  await tx.rows(
    sql`update run set plan_id = ${plan.planId} where tenant_id = ${tx.tenantId} and run_id = ${run.runId}`,
  );
  await tx.rows(sql`
    insert into page_write (tenant_id, write_id, plan_id, run_id, finding_id, rule_id, action_name, page_id, space_key, page_title, page_url,
      page_version, action, mark, content, reason, severity, undoable, needs_approval, cost, state, outcome, due_at, planned_at, undoes,
      remote_id, remote_version, parent_id)
    select ${tx.tenantId}, w."writeId", ${plan.planId}, ${run.runId}, w."findingId", w."ruleId", w."actionName", w."pageId", s.key, p.title,
      t.site || '/wiki' || p.webui, w."pageVersion", w.action, w.mark, w.content, w.reason, w.severity, w.undoable, w."needsApproval",
      w.cost, w.state, w.outcome, w."dueAt", ${tx.now}, w.undoes, w."remoteId", w."remoteVersion", w."parentId"
    from jsonb_to_recordset(${batch(plan.writes)}) as w("writeId" text, "findingId" text, "ruleId" text, "actionName" text, "pageId" text,
        "pageVersion" int, action text, mark text, content text, reason text, severity text, undoable boolean, "needsApproval" boolean,
        cost int, state text, outcome text, "dueAt" timestamptz, undoes text, "remoteId" text, "remoteVersion" int, "parentId" text)
      join tenant t on t.tenant_id = ${tx.tenantId}
      join page p on p.tenant_id = ${tx.tenantId} and p.page_id = w."pageId"
      join space s on s.tenant_id = ${tx.tenantId} and s.space_id = p.space_id`);
}

/** A stored plan, as far as it decides whether it may be carried out. */
export interface StoredPlan {
  readonly planId: string;
  readonly runId: string;
  readonly kind: 'audit' | 'undo';
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly hasExpired: boolean;
  readonly wanted: number;
  readonly refusedBecause: string | null;
  readonly overrideReason: string | null;
  /** Writes that are still to be done. */
  readonly planned: number;
  /** The audit's plan that took its place; null while it is the newest. */
  readonly replacedBy: string | null;
}

const PLAN = sql`p.plan_id as "planId", p.run_id as "runId", p.kind, p.created_at as "createdAt", p.expires_at as "expiresAt", p.wanted,
  p.refused_because as "refusedBecause", p.override_reason as "overrideReason",
  (select count(*)::int from page_write w where w.tenant_id = p.tenant_id and w.plan_id = p.plan_id and w.state = 'planned') as planned,
  (select n.plan_id from plan n where n.tenant_id = p.tenant_id and n.kind = 'audit' and n.plan_id <> p.plan_id
    and n.created_at > p.created_at order by n.created_at desc limit 1) as "replacedBy"`;

/** A plan by its id; null where this tenant has none of it. */
export async function planById(tx: TenantTx, planId: string): Promise<StoredPlan | null> {
  const [plan] = await tx.rows<StoredPlan>(sql`
    select ${PLAN}, p.expires_at <= ${tx.now} as "hasExpired" from plan p where p.tenant_id = ${tx.tenantId} and p.plan_id = ${planId}`);
  return plan ?? null;
}

/** The newest plan of an audit of the tenant with something left to do; null where there is none. */
export async function latestPlan(tx: TenantTx): Promise<StoredPlan | null> {
  const [plan] = await tx.rows<StoredPlan>(sql`
    select ${PLAN}, p.expires_at <= ${tx.now} as "hasExpired" from plan p
    where p.tenant_id = ${tx.tenantId} and p.kind = 'audit' order by p.created_at desc, p.plan_id desc limit 1`);
  return plan ?? null;
}

/** What the writes of a plan that are still to be done are. */
export async function actionsInPlan(tx: TenantTx, planId: string): Promise<readonly WriteAction[]> {
  const rows = await tx.rows<{ action: WriteAction }>(sql`
    select distinct action from page_write where tenant_id = ${tx.tenantId} and plan_id = ${planId} and state = 'planned' order by action`);
  return rows.map(({ action }) => action);
}

/** Records who approved a plan, and why the breaker's word was not followed. */
export const approvePlan = (
  tx: TenantTx,
  planId: string,
  by: { readonly approvedBy: string | null; readonly overrideReason: string | null },
) =>
  tx.rows(sql`
    update plan set approved_by = coalesce(${by.approvedBy}, approved_by), approved_at = case when ${by.approvedBy}::text is null then approved_at else ${tx.now} end,
      override_reason = coalesce(${by.overrideReason}, override_reason)
    where tenant_id = ${tx.tenantId} and plan_id = ${planId}`);

/** How much each of the latest audits of the whole tenant wanted to write, those that the breaker refused left out. */
export async function wantedBefore(tx: TenantTx, run: RunClaim): Promise<number[]> {
  const rows = await tx.rows<{ wanted: number }>(sql`
    select r.writes_wanted as wanted from run r
    where r.tenant_id = ${tx.tenantId} and r.run_id <> ${run.runId} and r.job = 'audit' and r.only_spaces is null
      and r.writes_wanted is not null and r.outcome in ('complete', 'partial')
      and not exists (
        select 1 from plan p where p.tenant_id = r.tenant_id and p.run_id = r.run_id and p.refused_because is not null
          and p.override_reason is null)
    order by r.started_at desc limit 14`);
  return rows.map(({ wanted }) => wanted);
}

/** Whose plan this is; null where nobody has one of the name. */
export const tenantOfPlan = (store: Pick<Store, 'withFleet'>, planId: string): Promise<string | null> =>
  store.withFleet(async (tx) => {
    const [row] = await tx.rows<{ tenantId: string }>(
      sql`select tenant_id as "tenantId" from plan where plan_id = ${planId}`,
    );
    return row?.tenantId ?? null;
  });
