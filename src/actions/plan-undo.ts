import { traitsOf } from '../domain/write-action.ts';
import type { TenantTx } from '../store/db.ts';
import { type DoneWrite, doneInRun } from '../store/ledger.ts';
import { type PlanRow, savePlan } from '../store/plans.ts';
import type { Run } from '../store/runs.ts';

/** Something that a run did and that stays. */
export interface StaysDone {
  readonly pageTitle: string;
  readonly action: string;
  readonly why: string;
}

/** An undo is carried out at once; what is left over after this time nobody should carry out any more. */
const LIFE_DAYS = 1;

/** Stores a plan that takes back what a run did to its site, the latest first, and says what cannot be taken back. */
export async function planUndo(
  tx: TenantTx,
  {
    run,
    ofRun,
    newId,
    now,
  }: { readonly run: Run; readonly ofRun: string; readonly newId: () => string; readonly now: Date },
): Promise<{ readonly planId: string | null; readonly planned: number; readonly stays: readonly StaysDone[] }> {
  const writes = await doneInRun(tx, ofRun);
  const ids = writes.map(() => newId()).toSorted();
  const rows: PlanRow[] = [];
  const stays: StaysDone[] = [];
  for (const [index, write] of writes.entries()) {
    const { inverse, final } = traitsOf(write.action);
    if (inverse === null) stays.push({ pageTitle: write.pageTitle, action: write.action, why: final ?? '' });
    else rows.push({ ...rowOf(write, ofRun, now), action: inverse, writeId: ids[index] ?? '' });
  }
  const planId = rows.length === 0 ? null : newId();
  if (planId !== null)
    await savePlan(tx, run, { planId, kind: 'undo', lifeDays: LIFE_DAYS, refusedBecause: null, writes: rows });
  return { planId, planned: rows.length, stays };
}

function rowOf(write: DoneWrite, ofRun: string, now: Date): Omit<PlanRow, 'action' | 'writeId'> {
  const { inverse, cost } = traitsOf(write.action);
  return {
    state: 'planned',
    outcome: null,
    findingId: write.findingId,
    ruleId: write.ruleId,
    actionName: write.actionName,
    pageId: write.pageId,
    pageVersion: write.pageVersion,
    mark: write.mark,
    content: write.content,
    reason: `Takes back what run ${ofRun} did.`,
    severity: write.severity,
    undoable: inverse !== null && traitsOf(inverse).inverse !== null,
    needsApproval: false,
    cost,
    dueAt: now.toISOString(),
    undoes: write.writeId,
    remoteId: write.remoteId,
    remoteVersion: write.remoteVersion,
    parentId: write.parentId,
  };
}
