import type { Confluence } from '../confluence/client.ts';
import type { WriteKind } from '../domain/write-action.ts';
import { kindOf } from '../domain/write-action.ts';
import type { TenantTx } from '../store/db.ts';
import type { LedgerWrite, Settled } from '../store/ledger.ts';
import type { Run } from '../store/runs.ts';
import { comments } from './write-comments.ts';
import { labels } from './write-labels.ts';
import { pages } from './write-pages.ts';
import { properties } from './write-properties.ts';

/** What writing needs; `inRun` is a transaction that fails once the lease is lost. */
export interface WriteDeps {
  readonly run: Run;
  readonly accountId: string | null;
  /** Whose name stands under what is written; null where the settings alone ask for it. */
  readonly approvedBy: string | null;
  readonly confluence: Confluence;
  readonly sleep: (ms: number) => Promise<void>;
  readonly inRun: <T>(work: (tx: TenantTx) => Promise<T>) => Promise<T>;
}

/** How writes of one kind are made, and how the site is asked whether one was. */
export interface Hand {
  /** Throws what the request throws; settles what turns out to be nothing to do. */
  readonly carryOut: (deps: WriteDeps, write: LedgerWrite) => Promise<Settled>;
  /** After a lost answer only the site itself can say whether the write happened. */
  readonly readBack: (deps: WriteDeps, write: LedgerWrite) => Promise<Settled>;
}

const HANDS: Readonly<Record<WriteKind, Hand>> = {
  label: labels,
  property: properties,
  comment: comments,
  archive: pages,
  trash: pages,
};

export const handFor = (write: Pick<LedgerWrite, 'action'>): Hand => HANDS[kindOf(write.action)];
