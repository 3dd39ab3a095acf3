import type { TenantSettings } from '../../config/settings.ts';
import { type PlannedWrite, planLabels } from '../domain/label-plan.ts';
import type { TenantTx } from '../store/db.ts';
import { plannerState } from '../store/planner-state.ts';
import { savePlan } from '../store/plans.ts';
import type { Run } from '../store/runs.ts';

export interface PlanSummary {
  /** Null where there is nothing to write. */
  readonly planId: string | null;
  readonly planned: number;
  readonly deferred: number;
}

/** A plan that nobody carried out is worth nothing once the pages have moved on. */
const PLAN_LIFE_DAYS = 7;

/**
 * PLAN: what the open findings want labelled, against what the pages carry and what the ledger says is ours. Stores the plan in place
 * of the one before.
 */
export async function planWrites(
  tx: TenantTx,
  deps: {
    readonly run: Run;
    readonly settings: TenantSettings;
    readonly newId: () => string;
    readonly pagesWalked: number;
  },
): Promise<PlanSummary> {
  const { run, settings } = deps;
  const { findings, owned, suppressed, pages } = await plannerState(tx, run);
  const labels = settings.actions.flatMap(({ match, steps }) =>
    steps.flatMap((step) =>
      step.kind === 'label' ? [{ match: { rule: match.rules, status: match.statuses }, label: step.label }] : [],
    ),
  );
  const plan = planLabels({
    findings,
    owned,
    suppressed,
    actions: labels,
    pages: new Map(
      pages
        .filter((page) => page.seen)
        .map((page) => [page.pageId, { version: page.version, labels: new Set(page.labels) }]),
    ),
    limits: { ...settings.limits, walkedPages: deps.pagesWalked },
    prefix: settings.labels.prefix,
  });
  // A removal undoes one write of ours and stands under the finding that had asked for it.
  const origin = new Map(owned.map((entry) => [`${entry.pageId} ${entry.label}`, entry]));
  const rows = (writes: readonly PlannedWrite[], state: 'planned' | 'deferred') =>
    writes.map((write) => {
      const ours = origin.get(`${write.pageId} ${write.label}`);
      return {
        ...write,
        writeId: deps.newId(),
        state,
        findingId: write.findingId ?? ours?.findingId ?? '',
        ruleId: write.ruleId ?? ours?.ruleId ?? '',
      };
    });
  const planId = plan.writes.length + plan.deferred.length === 0 ? null : deps.newId();
  await savePlan(tx, run, planId, {
    lifeDays: PLAN_LIFE_DAYS,
    writes: [...rows(plan.writes, 'planned'), ...rows(plan.deferred, 'deferred')],
  });
  return { planId, planned: plan.writes.length, deferred: plan.deferred.length };
}
