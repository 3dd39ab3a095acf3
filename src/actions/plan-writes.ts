import { planLabels } from '../domain/label-plan.ts';
import type { TenantSettings } from '../../config/settings.ts';
import type { Tx } from '../store/db.ts';
import { type LedgerState, ledgerState, savePlan, wantedLabels } from '../store/ledger.ts';
import type { RunRow } from '../store/runs.ts';

export interface PlanSummary {
  readonly planId: string | null;
  readonly planned: number;
  readonly deferred: number;
}

/** A plan that nobody carried out is worth nothing once the pages have moved on. */
const PLAN_LIFE_DAYS = 7;

/**
 * PLAN: what the open findings want labelled, against what the pages carry and what the ledger says is ours. Stores the plan and
 * returns its id; no plan is stored when there is nothing to do.
 */
export async function planWrites(
  tx: Tx,
  deps: { readonly run: RunRow; readonly settings: TenantSettings; readonly newId: () => string; readonly pagesWalked: number },
): Promise<PlanSummary> {
  const { run, settings } = deps;
  const ledger: LedgerState = await ledgerState(tx, run);
  const plan = planLabels({
    findings: await wantedLabels(tx, run, settings.actions.map((action) => action.match.rule)),
    actions: settings.actions,
    ...ledger,
    limits: { ...settings.limits, walkedPages: deps.pagesWalked },
    prefix: settings.labels.prefix,
  });
  if (plan.writes.length + plan.deferred.length === 0) return { planId: null, planned: 0, deferred: 0 };
  const planId = deps.newId();
  await savePlan(tx, run, { planId, lifeDays: PLAN_LIFE_DAYS, writes: plan.writes, deferred: plan.deferred, newId: deps.newId });
  return { planId, planned: plan.writes.length, deferred: plan.deferred.length };
}
