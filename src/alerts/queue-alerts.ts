import type { Receiver } from '../../config/receivers.ts';
import { countChanges } from '../store/alert-changes.ts';
import { expiringMutes, storyOf } from '../store/alert-digest.ts';
import { queueAlert } from '../store/alerts.ts';
import type { TenantTx } from '../store/db.ts';
import { hearsAll, interestOf } from './interest.ts';

/**
 * Notes what a run that has just ended has to tell, and whom. In the transaction that ends it neither is there without the other; nothing
 * leaves here.
 */
export async function queueAlerts(
  tx: TenantTx,
  receivers: readonly Receiver[],
  { runId, newId }: { readonly runId: string; readonly newId: () => string },
): Promise<void> {
  for (const receiver of receivers) {
    for (const owner of await listeners(tx, receiver, runId)) {
      await queueAlert(
        tx,
        { receiver: receiver.name, owner },
        { alertId: newId(), runId, cooldownMs: receiver.cooldownMs },
      );
    }
  }
}

/** The owners for whom there is something, `''` for everybody. */
async function listeners(tx: TenantTx, receiver: Receiver, runId: string): Promise<readonly string[]> {
  const interest = interestOf(receiver);
  const owners = new Set((await countChanges(tx, [runId], interest)).map(({ owner }) => owner));
  if (!hearsAll(receiver)) owners.delete('');
  else if (!owners.has('') && (await saysMore(tx, receiver, runId))) owners.add('');
  return [...owners];
}

const saysMore = async (tx: TenantTx, { on }: Receiver, runId: string): Promise<boolean> =>
  (await storyOf(tx, [runId], on)) !== null ||
  (on.includes('mute-expiring') && (await expiringMutes(tx, [runId])).length > 0);
