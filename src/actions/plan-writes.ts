import type { TenantSettings } from '../../config/settings.ts';
import { breakerSays } from '../domain/breaker.ts';
import { traitsOf } from '../domain/write-action.ts';
import { planWrites as decide } from '../domain/write-plan.ts';
import type { PlannedWrite } from '../domain/write-plan-input.ts';
import type { TenantTx } from '../store/db.ts';
import { plannerState } from '../store/planner-state.ts';
import { type PlanRow, savePlan, supersedePlans, wantedBefore } from '../store/plans.ts';
import type { Run } from '../store/runs.ts';

export interface PlanSummary {
  /** Null where there is nothing to write. */
  readonly planId: string | null;
  readonly planned: number;
  readonly deferred: number;
  /** Of the planned ones those that wait for somebody's name. */
  readonly awaitingApproval: number;
  /** What findings ask for and what is left alone, for people took it off or the site refused it. */
  readonly suppressed: number;
  /** Pages that stay although an action asks for their removal. */
  readonly kept: number;
  /** Pages that the site's plan does not let anybody archive. */
  readonly notAllowed: number;
  /** Why nothing of it may be carried out without a person's word; null where nothing speaks against it. */
  readonly refusedBecause: string | null;
}

/** A plan that nobody carried out is worth nothing once the pages have moved on. */
const PLAN_LIFE_DAYS = 7;

/**
 * PLAN: what the open findings ask for, against what the pages carry and what the ledger says is ours. Stores the plan in place of the one
 * before.
 */
export async function planWrites(
  tx: TenantTx,
  deps: {
    readonly run: Run;
    readonly settings: TenantSettings;
    readonly now: Date;
    readonly newId: () => string;
    readonly pagesWalked: number;
    /** What the account should have seen and did not; a sentence, or null. */
    readonly coverage: string | null;
    /** As the site calls its own plan; null where it does not say. */
    readonly edition: string | null;
  },
): Promise<PlanSummary> {
  const { run, settings } = deps;
  const rules = [...new Set(settings.actions.flatMap(({ match }) => match.rules))];
  const { pages, ...state } = await plannerState(tx, run, rules);
  const plan = decide({
    ...state,
    now: deps.now,
    actions: settings.actions,
    pages: new Map(
      pages
        .filter(({ seen }) => seen)
        .map((page) => [page.pageId, { ...page, labels: new Set(page.labels), keptBecause: keptBecause(page) }]),
    ),
    limits: { ...settings.limits, walkedPages: deps.pagesWalked },
    prefix: settings.labels.prefix,
    archiveRefused: /^free/i.test(deps.edition ?? '') ? 'Confluence Free archives no pages.' : null,
    words: { exemptLabel: settings.exempt.labels.find((label) => !/[*?]/.test(label)) ?? null },
  });
  const wanted = plan.writes.length + plan.deferred.length;
  const before = run.onlySpaces === null ? await wantedBefore(tx, run) : [];
  const refusedBecause = breakerSays({ wanted, before, coverage: deps.coverage });
  await supersedePlans(tx);
  const planId = wanted === 0 ? null : deps.newId();
  if (planId !== null) {
    const writes = inOrder(deps.newId, [...plan.writes, ...plan.deferred]);
    await savePlan(tx, run, { planId, kind: 'audit', lifeDays: PLAN_LIFE_DAYS, refusedBecause, writes });
  }
  const noted = (kind: string): number => plan.notes.filter((note) => note.kind === kind).length;
  return {
    planId,
    planned: plan.writes.length,
    deferred: plan.deferred.length,
    awaitingApproval: plan.writes.filter(({ needsApproval }) => needsApproval).length,
    suppressed: noted('suppressed'),
    kept: noted('kept'),
    notAllowed: noted('not-allowed'),
    refusedBecause,
  };
}

/** The rows of a plan. The ledger is carried out in the order of its ids, and the ids of one millisecond come in none. */
function inOrder(
  newId: () => string,
  writes: readonly (PlannedWrite & { readonly deferredBecause?: string })[],
): PlanRow[] {
  const ids = writes.map(() => newId()).toSorted();
  return writes.map(({ deferredBecause = null, ...write }, index): PlanRow => {
    const { cost, inverse } = traitsOf(write.action);
    return {
      ...write,
      writeId: ids[index] ?? '',
      state: deferredBecause === null ? 'planned' : 'deferred',
      outcome: deferredBecause,
      undoable: inverse !== null,
      cost,
      undoes: null,
      parentId: null,
    };
  });
}

function keptBecause({ isHome, children }: { readonly isHome: boolean; readonly children: number }): string | null {
  if (isHome) return 'It is the home page of its space.';
  return children > 0 ? `${children} pages lie below it.` : null;
}
