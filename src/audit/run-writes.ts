import type { TenantSettings } from '../../config/settings.ts';
import { planUndo } from '../actions/plan-undo.ts';
import { settleUnknown } from '../actions/settle-writes.ts';
import { asAuditError } from '../domain/errors.ts';
import type { WriteResult } from '../domain/write-result.ts';
import { errorFields } from '../runtime/log-fields.ts';
import type { TenantTx } from '../store/db.ts';
import { approvePlan } from '../store/plans.ts';
import { carryOutPlan } from './apply-plan.ts';
import { type AuditDeps, claim } from './claim.ts';
import { finishWrites, type Written } from './finish-writes.ts';
import { type Night, inRun } from './night.ts';
import { planToCarryOut } from './plan-to-carry-out.ts';
import { prove } from './prove.ts';
import { writeDeps } from './write-deps.ts';

export interface ApplyOrder {
  readonly settings: TenantSettings;
  /** Null for the newest plan of the tenant. */
  readonly planId: string | null;
  readonly approvedBy: string;
  /** Why the breaker is not followed; null where it is. */
  readonly overrideBreaker: string | null;
}

export interface UndoOrder {
  readonly settings: TenantSettings;
  readonly runId: string;
  /** Who asked for it. */
  readonly by: string;
}

/**
 * Carries out a stored plan exactly: nothing is walked or planned anew. Throws, before a run is opened, what the plan itself says against
 * it, and `lease-held`; afterwards the outcome says everything.
 */
export async function runApply(deps: AuditDeps, order: ApplyOrder): Promise<WriteResult> {
  const { settings, approvedBy } = order;
  const choose = (tx: TenantTx) => planToCarryOut(tx, order);
  const { planId } = await deps.store.withTenant(settings.id, choose);
  return writing(deps, { settings, job: 'apply', planId }, async (night) => {
    // Another audit may have planned anew until the lease was ours.
    await inRun(night, async (tx) => {
      await choose(tx);
      await approvePlan(tx, planId, { approvedBy, overrideReason: order.overrideBreaker });
    });
    await carryOutPlan(night, planId, approvedBy);
    return { planId, stays: [] };
  });
}

/** Takes back what one run did to the site, as far as it is still ours; says what stays and why. */
export async function runUndo(deps: AuditDeps, order: UndoOrder): Promise<WriteResult> {
  const { settings, runId: ofRun, by } = order;
  return writing(deps, { settings, job: 'undo' }, async (night) => {
    const { planId, stays } = await inRun(night, (tx) =>
      planUndo(tx, { run: night.run, ofRun, newId: night.newId, now: night.now() }),
    );
    if (planId !== null) await carryOutPlan(night, planId, by);
    return { planId, stays };
  });
}

/** A run that only writes, from claim to finish. */
async function writing(
  deps: AuditDeps,
  {
    settings,
    job,
    planId,
  }: { readonly settings: TenantSettings; readonly job: 'apply' | 'undo'; readonly planId?: string },
  work: (night: Night) => Promise<Written>,
): Promise<WriteResult> {
  const claimed = await claim(deps, {
    settings,
    mode: 'apply',
    trigger: 'manual',
    full: false,
    onlySpaces: null,
    job,
    ...(planId === undefined ? {} : { planId }),
  });
  let written: Written = { planId: planId ?? null, stays: [] };
  try {
    const night = await prove(claimed);
    await settleUnknown(writeDeps(night, null));
    written = await work(night);
    return await finishWrites(night, written, null);
  } catch (error) {
    return await finishWrites(claimed, written, error);
  } finally {
    await claimed.close();
  }
}

/** The result where no run could be opened. */
export function writesRefused(
  deps: Pick<AuditDeps, 'log'>,
  { settings, planId }: { readonly settings: Pick<TenantSettings, 'id'>; readonly planId: string | null },
  error: unknown,
): WriteResult {
  const known = asAuditError(error);
  deps.log.error('The writes could not be made', { tenant: settings.id, ...errorFields(error) });
  const skipped = known?.code === 'lease-held' || known?.code === 'tenant-disabled';
  return {
    tenantId: settings.id,
    runId: null,
    planId,
    outcome: skipped ? 'skipped' : 'failed',
    reason: known?.code === 'lease-held' ? null : (known?.kind.reason ?? null),
    detail: known === null ? 'See the log.' : known.message,
    errorCode: known?.code ?? null,
    done: 0,
    skipped: 0,
    refused: 0,
    unknown: 0,
    stays: [],
    requests: 0,
    seconds: 0,
  };
}
