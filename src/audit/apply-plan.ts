import { applyWrites } from '../actions/apply-writes.ts';
import { inQuietHours } from '../domain/quiet-times.ts';
import { type Night, inRun } from './night.ts';

/** Carries out the plan of this night; what is left over stays planned. In quiet hours a scheduled night leaves all of it. */
export async function applyPlan(night: Night): Promise<void> {
  const { planId } = night.counts;
  if (planId === null) return;
  if (night.scheduled && inQuietHours(night.settings.schedule, night.now())) {
    night.held.reason = 'quiet-hours';
    night.log.info('Quiet hours: the writes stay planned', { planned: night.counts.writesPlanned });
    return;
  }
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
