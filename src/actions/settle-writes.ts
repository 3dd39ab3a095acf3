import { forgetOwned, markWrite, unsettledWrites } from '../store/ledger.ts';
import { addSeenLabel, ownedButUnseen, strandMarks } from '../store/owned-labels.ts';
import { handFor, type WriteDeps } from './carry-out.ts';
import { labelsIfThere } from './look-at-pages.ts';

/** Settles writes that an earlier run left between intent and outcome, before anything new is planned or written. */
export async function settleUnknown(deps: WriteDeps): Promise<void> {
  for (const write of await deps.inRun((tx) => unsettledWrites(tx))) {
    const settled = await handFor(write).readBack(deps, write);
    await deps.inRun((tx) => markWrite(tx, deps, write, settled));
  }
}

/**
 * Looks at labels of ours that the walk did not find on their page. The search index lags, so each is read directly: where the label
 * is there after all the inventory learns it, else somebody took it off and it is not ours any more. One that was added a moment ago
 * counts as there, for a read may lag too. What stands on pages that are gone is stranded.
 */
export async function verifyOwned(deps: WriteDeps): Promise<void> {
  await deps.inRun((tx) => strandMarks(tx, deps.run));
  for (const label of await deps.inRun((tx) => ownedButUnseen(tx, deps.run))) {
    const isThere = label.justAdded || (await labelsIfThere(deps.confluence, label))?.includes(label.mark) === true;
    await deps.inRun(async (tx) => {
      if (isThere) await addSeenLabel(tx, label);
      else await forgetOwned(tx, label);
    });
  }
}
