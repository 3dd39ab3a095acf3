import { needsVersions, pickHumanVersion } from '../domain/freshness-clock.ts';
import { ownVersions } from '../store/ledger.ts';
import { accountsToRead, saveAccounts } from '../store/accounts.ts';
import { clockSuspects, saveHumanVersion } from '../store/clock.ts';
import { type Night, inRun, read } from './night.ts';

const IDS_PER_REQUEST = 250;

/** Looks up the accounts that own, wrote or last edited a page and are not known yet (or not for long). */
export async function readAccounts(night: Night): Promise<void> {
  const ids = await read(night, (tx) => accountsToRead(tx, night.run));
  for (let start = 0; start < ids.length; start += IDS_PER_REQUEST) {
    const asked = ids.slice(start, start + IDS_PER_REQUEST);
    const accounts = await night.confluence.accounts(asked);
    await inRun(night, (tx) => saveAccounts(tx, night.run, asked, accounts));
  }
}
