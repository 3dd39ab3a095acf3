import { applyWrites } from '../actions/apply-writes.ts';
import { WRITE_ENDPOINTS } from '../confluence/write-endpoints.ts';
import type { Endpoint } from '../confluence/endpoints.ts';
import { AuditError } from '../domain/errors.ts';
import { inQuietHours } from '../domain/quiet-times.ts';
import { kindOf } from '../domain/write-action.ts';
import { actionsInPlan, approvePlan } from '../store/plans.ts';
import { type Night, inRun, read } from './night.ts';
import { writeDeps } from './write-deps.ts';

/**
 * Carries out the plan of this night; what is left over stays planned. In quiet hours a scheduled night leaves all of it, and so does
 * every night whose plan the breaker refuses.
 */
export async function applyPlan(night: Night): Promise<void> {
  const { planId } = night.counts;
  if (planId === null) return;
  const { overrideBreaker } = night;
  if (night.held.refusal !== null && overrideBreaker === null) {
    night.held.reason = 'breaker';
    return;
  }
  if (night.held.refusal !== null) {
    await inRun(night, (tx) => approvePlan(tx, planId, { approvedBy: null, overrideReason: overrideBreaker }));
    night.held.refusal = null;
  }
  if (night.scheduled && inQuietHours(night.settings.schedule, night.now())) {
    night.held.reason = 'quiet-hours';
    night.log.info('Quiet hours: the writes stay planned', { planned: night.counts.writesPlanned });
    return;
  }
  await carryOutPlan(night, planId, null);
}

/** Carries out a plan under the lease of this run. Says what the token may not write before the first write. */
export async function carryOutPlan(night: Night, planId: string, approvedBy: string | null): Promise<void> {
  await assertScopes(night, planId);
  const { settings } = night;
  const { refused, waiting } = await applyWrites(
    {
      ...writeDeps(night, approvedBy),
      exemptLabels: settings.exempt.labels,
      prefix: settings.labels.prefix,
      progress: (done, total) => night.progress('writes', done, total),
    },
    planId,
  );
  if (refused > 0) night.log.warn('Writes were refused; report.executed_actions says which', { count: refused });
  if (waiting > 0) night.log.info('Writes wait for an approval', { count: waiting, plan: planId });
}

/** Only tokens with scopes go through the gateway, which tells without an effect whether one is missing. */
async function assertScopes(night: Night, planId: string): Promise<void> {
  if (night.settings.auth.type === 'basic') return;
  const actions = await read(night, (tx) => actionsInPlan(tx, planId));
  const endpoints = actions.flatMap((action): readonly Endpoint[] => WRITE_ENDPOINTS[kindOf(action)]);
  const missing = await night.confluence.missingScopes(endpoints);
  if (missing.length > 0) {
    throw new AuditError(
      'scope-missing',
      `The token may not write: it lacks ${missing.join(', ')}. Nothing was written; the plan stays as it is.`,
    );
  }
}
