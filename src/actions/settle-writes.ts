import { AuditError } from '../domain/errors.ts';
import type { Confluence } from '../confluence/client.ts';
import type { TenantTx } from '../store/db.ts';
import {
  type LedgerWrite,
  type WriteState,
  addSeenLabel,
  forgetOwned,
  markWrite,
  ownedButUnseen,
  unsettledWrites,
} from '../store/ledger.ts';
import type { Run } from '../store/runs.ts';

/** What settling needs; `inRun` is a transaction that fails once the lease is lost. */
export interface SettleDeps {
  readonly run: Run;
  readonly accountId: string | null;
  readonly confluence: Pick<Confluence, 'labelsOf'>;
  readonly inRun: <T>(work: (tx: TenantTx) => Promise<T>) => Promise<T>;
}

export interface Settled {
  readonly state: WriteState;
  readonly outcome: string;
}

/** Settles writes that an earlier run left between intent and outcome, before anything new is planned. */
export async function settleUnknown(deps: SettleDeps): Promise<void> {
  for (const write of await deps.inRun((tx) => unsettledWrites(tx))) {
    const settled = await readBack(deps, write);
    await deps.inRun((tx) => markWrite(tx, deps, write, settled));
  }
}

/** After a lost answer only the page itself can say whether the write happened. */
export async function readBack(deps: SettleDeps, write: LedgerWrite): Promise<Settled> {
  const present = await carries(deps, write);
  if (present === null) return { state: 'gone', outcome: 'The page is not visible any more.' };
  if (present === (write.action === 'add-label'))
    return { state: 'done', outcome: 'The answer was lost; read back: it happened.' };
  return { state: 'failed', outcome: 'The answer was lost; read back: it did not happen. It is planned anew.' };
}

/**
 * Looks at labels of ours that the walk did not find on their page. The search index lags, so each is read directly: where the label
 * is there after all the inventory learns it, else somebody took it off and it is not ours any more. One that was added a moment ago
 * counts as there, for a read may lag too.
 */
export async function verifyOwned(deps: SettleDeps): Promise<void> {
  for (const write of await deps.inRun((tx) => ownedButUnseen(tx, deps.run))) {
    const present = write.justAdded || (await carries(deps, write));
    await deps.inRun(async (tx) => {
      if (present === true) await addSeenLabel(tx, write);
      else await forgetOwned(tx, write);
    });
  }
}

/** Whether the page carries the label now; null where the page is gone. */
async function carries(deps: SettleDeps, write: LedgerWrite): Promise<boolean | null> {
  try {
    const labels = await deps.confluence.labelsOf(write.pageId, write.contentType);
    return labels.some((label) => label.name === write.label);
  } catch (error) {
    if (error instanceof AuditError && error.code === 'not-found') return null;
    throw error;
  }
}
