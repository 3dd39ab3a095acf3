import { planWrites } from '../actions/plan-writes.ts';
import { settleUnknown, verifyOwned } from '../actions/settle-writes.ts';
import { type Night, inRun } from './night.ts';

/**
 * Stores what should be written and returns the plan's id, or null where there is nothing to write or the mode does not ask. First
 * settles what earlier runs left open: writes without a known outcome, and labels of ours that the walk did not find again.
 */
export async function plan(night: Night): Promise<string | null> {
  if (night.mode === 'audit') return null;
  const deps = { run: night.run, accountId: night.accountId, confluence: night.confluence, inRun: <T>(work: Parameters<typeof inRun<T>>[1]) => inRun(night, work) };
  await settleUnknown(deps);
  await verifyOwned(deps);
  const planned = await inRun(night, (tx) =>
    planWrites(tx, { run: night.run, settings: night.settings, newId: night.newId, pagesWalked: night.counts.pagesSeen }),
  );
  night.counts.writesPlanned = planned.planned;
  night.counts.writesDeferred = planned.deferred;
  return planned.planId;
}
