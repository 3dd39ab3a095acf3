import { AuditError } from '../domain/errors.ts';
import type { TenantTx } from '../store/db.ts';
import { latestPlan, planById, type StoredPlan } from '../store/plans.ts';

/** The plan that somebody wants carried out. Throws what speaks against it: unknown, expired, replaced, or refused by the breaker. */
export async function planToCarryOut(
  tx: TenantTx,
  { planId, overrideBreaker }: { readonly planId: string | null; readonly overrideBreaker: string | null },
): Promise<StoredPlan> {
  const plan = planId === null ? await latestPlan(tx) : await planById(tx, planId);
  if (plan === null) {
    const which = planId === null ? 'no plan' : `no plan ${planId}`;
    throw new AuditError('plan-unknown', `Tenant ${tx.tenantId} has ${which}. An audit in the mode plan makes one.`);
  }
  if (plan.kind !== 'audit')
    throw new AuditError('plan-unknown', `The plan ${plan.planId} belongs to an undo, which carries it out itself.`);
  if (plan.replacedBy !== null) {
    throw new AuditError(
      'plan-expired',
      `The plan ${plan.planId} was replaced by ${plan.replacedBy}, which a later audit made.`,
    );
  }
  if (plan.hasExpired && plan.planned > 0)
    throw new AuditError('plan-expired', `The plan ${plan.planId} expired at ${plan.expiresAt}.`);
  if (plan.refusedBecause !== null && plan.overrideReason === null && overrideBreaker === null) {
    throw new AuditError('plan-refused', `The breaker refuses the plan ${plan.planId}: ${plan.refusedBecause}`);
  }
  return plan;
}
