import type { TenantSettings } from '../../config/settings.ts';
import { planLabels } from '../domain/label-plan.ts';
import type { TenantTx } from '../store/db.ts';
import { plannerState } from '../store/planner-state.ts';
import { type PlanRow, savePlan } from '../store/plans.ts';
import type { Run } from '../store/runs.ts';

export interface PlanSummary {
  /** Null where there is nothing to write. */
  readonly planId: string | null;
  readonly planned: number;
  readonly deferred: number;
  /** Labels that findings ask for and that stay off, for people took them off or the site refused them. */
  readonly suppressed: number;
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
      step.kind === 'label' && isPlain(step)
        ? [{ match: { rule: match.rules, status: match.statuses }, label: step.label }]
        : [],
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
  const ordered = [
    ...plan.writes.map((write) => ({ ...write, state: 'planned' as const })),
    ...plan.deferred.map((write) => ({ ...write, state: 'deferred' as const })),
  ];
  // The ledger is carried out in the order of its ids, and the ids of one millisecond come in none.
  const ids = ordered.map(() => deps.newId()).toSorted();
  const writes = ordered.map((write, index): PlanRow => {
    const ours = origin.get(`${write.pageId} ${write.label}`);
    return {
      ...write,
      writeId: ids[index] ?? '',
      findingId: write.findingId ?? ours?.findingId ?? '',
      ruleId: write.ruleId ?? ours?.ruleId ?? '',
    };
  });
  const planId = writes.length === 0 ? null : deps.newId();
  await savePlan(tx, run, planId, { lifeDays: PLAN_LIFE_DAYS, writes });
  const suppressedNow = plan.notes.filter(({ kind }) => kind === 'suppressed').length;
  return { planId, planned: plan.writes.length, deferred: plan.deferred.length, suppressed: suppressedNow };
}

/** Steps that wait or ask for approval are of no effect yet, and a step without effect writes nothing. */
const isPlain = ({ afterMs, approval }: { readonly afterMs: number; readonly approval: boolean }): boolean =>
  afterMs === 0 && !approval;
