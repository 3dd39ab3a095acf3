import { applyWrites } from '../actions/apply-writes.ts';
import { type Night, inRun } from './night.ts';

/** Carries out the plan of this night; what is left over stays planned. */
export async function applyPlan(night: Night): Promise<void> {
  const { planId } = night.counts;
  if (planId === null) return;
  const { refused } = await applyWrites(
    {
      run: night.run,
      accountId: night.accountId,
      confluence: night.confluence,
      inRun: (work) => inRun(night, work),
      progress: (done) => night.progress('labels written', done),
    },
    planId,
  );
  if (refused > 0) night.log.warn('Writes were refused; report.executed_actions says which', { count: refused });
}
