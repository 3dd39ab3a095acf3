import { planWrites } from '../actions/plan-writes.ts';
import { settleUnknown, verifyOwned } from '../actions/settle-writes.ts';
import type { TenantTx } from '../store/db.ts';
import { type Night, inRun } from './night.ts';

/**
 * Stores what should be written, unless the mode asks for findings alone. First
 * settles what earlier runs left open: writes without a known outcome, and labels of ours that the walk did not find again.
 */
export async function plan(night: Night): Promise<void> {
  if (night.mode === 'audit') return;
  const deps = {
    run: night.run,
    accountId: night.accountId,
    confluence: night.confluence,
    inRun: <T>(work: (tx: TenantTx) => Promise<T>) => inRun(night, work),
  };
  await settleUnknown(deps);
  await verifyOwned(deps);
  const planned = await inRun(night, (tx) =>
    planWrites(tx, {
      run: night.run,
      settings: night.settings,
      newId: night.newId,
      pagesWalked: night.counts.pagesSeen,
    }),
  );
  if (planned.suppressed > 0) {
    night.log.info('Labels stay off pages where people took them off twice, or where they were refused of late', {
      count: planned.suppressed,
    });
  }
  night.counts.planId = planned.planId;
  night.counts.writesPlanned = planned.planned;
  night.counts.writesDeferred = planned.deferred;
}
