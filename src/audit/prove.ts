import { recordAccount } from '../store/tenants.ts';
import { type Night, inRun } from './night.ts';

/**
 * Proves that the credential belongs to a known account, and to the same one as last time, before anything is concluded from what it
 * sees. A dead token and an empty site look alike to a list; they do not to this.
 */
export async function prove(night: Night): Promise<Night> {
  const { accountId, displayName, cloudId } = await night.confluence.proveIdentity(night.accountId);
  await inRun(night, (tx) => recordAccount(tx, { id: accountId, name: displayName, cloudId }));
  return { ...night, accountId };
}
