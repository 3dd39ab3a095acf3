import { planWrites } from '../actions/plan-writes.ts';
import { settleUnknown, verifyOwned } from '../actions/settle-writes.ts';
import { coverageLost } from './judge-tenant.ts';
import { hasTried } from '../store/ledger.ts';
import { type Night, inRun, read } from './night.ts';
import { writeDeps } from './write-deps.ts';

/**
 * Stores what should be written, unless the mode asks for findings alone. First settles what earlier runs left open: writes without a
 * known outcome, and labels of ours that the walk did not find again.
 */
export async function plan(night: Night): Promise<void> {
  if (night.mode === 'audit') return;
  const deps = writeDeps(night, null);
  // Of a tenant to whose site nothing was ever written there is nothing to settle.
  if (await read(night, hasTried)) {
    await settleUnknown(deps);
    await verifyOwned(deps);
  }
  const archives = night.settings.actions.some(({ steps }) => steps.some(({ kind }) => kind === 'archive'));
  const edition = archives ? await night.confluence.edition() : null;
  const planned = await inRun(night, async (tx) =>
    planWrites(tx, {
      run: night.run,
      settings: night.settings,
      now: night.now(),
      newId: night.newId,
      pagesWalked: night.counts.pagesSeen,
      edition,
      coverage: await coverageLost(tx, night),
    }),
  );
  if (planned.suppressed > 0) {
    night.log.info(
      'Pages are left alone where people took our marks off or undid them, or where writes were refused of late',
      {
        count: planned.suppressed,
      },
    );
  }
  if (planned.kept > 0)
    night.log.info('Pages that are a home page or have pages below them are neither archived nor trashed', {
      count: planned.kept,
    });
  if (planned.notAllowed > 0)
    night.log.warn('Confluence Free archives no pages: these steps are left out of the plan', {
      count: planned.notAllowed,
    });
  if (planned.refusedBecause !== null)
    night.log.warn('The breaker keeps the plan from being carried out', { detail: planned.refusedBecause });
  night.held.refusal = planned.refusedBecause;
  night.counts.planId = planned.planId;
  night.counts.writesPlanned = planned.planned;
  night.counts.writesDeferred = planned.deferred;
  night.counts.writesWanted = planned.planned + planned.deferred;
}
