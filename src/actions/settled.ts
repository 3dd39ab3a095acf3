import { traitsOf } from '../domain/write-action.ts';
import type { LedgerWrite, Settled } from '../store/ledger.ts';

type Found = Pick<Settled, 'remoteId' | 'remoteVersion' | 'madeVersion'>;

export const done = ({ action }: Pick<LedgerWrite, 'action'>, found: Found = {}): Settled => ({
  state: 'done',
  outcome: traitsOf(action).done,
  ...found,
});

/** What the site shows after an answer was lost. */
export const happened = (found: Found = {}): Settled => ({
  state: 'done',
  outcome: 'The answer was lost; read back: it happened.',
  ...found,
});

export const DID_NOT_HAPPEN: Settled = {
  state: 'failed',
  outcome: 'The answer was lost; read back: it did not happen. It is planned anew.',
};

export const GONE: Settled = { state: 'gone', outcome: 'The page is not visible any more.' };

export const skipped = (outcome: string): Settled => ({ state: 'skipped', outcome });
