import type { TenantSettings } from '../../config/settings.ts';
import type { Confluence } from '../confluence/client.ts';
import type { Reason } from '../domain/outcome.ts';
import type { Probes } from '../domain/probes.ts';
import type { Need, Rule } from '../domain/rule.ts';
import type { RequestEstimate } from '../domain/request-estimate.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Log } from '../runtime/log.ts';
import type { BodyScan } from '../scan/scan-body.ts';
import { type CallRow, saveApiCalls } from '../store/api-calls.ts';
import type { Store, TenantTx } from '../store/db.ts';
import { type Run, assertFence } from '../store/runs.ts';
import type { Shortfall } from './shortfall.ts';

export type Mode = TenantSettings['mode'];

/** What one tenant's night is made of; every verb of the audit takes it first and uses what it needs. */
export interface Night {
  readonly settings: TenantSettings;
  readonly mode: Mode;
  /** Spaces asked for on the command line; null means all that the settings choose. */
  readonly onlySpaces: readonly string[] | null;
  /** Read every body again, whatever the inventory knows. */
  readonly full: boolean;
  readonly store: Store;
  readonly confluence: Confluence;
  /** When lists of what changed are worth their blind spots, how many pages are few, and from how many list pages on a list is long; the
   * usual measures where empty. */
  readonly listing: { readonly worthRequests?: number; readonly few?: number; readonly long?: number };
  /** Searches the text of a body for secrets. */
  readonly scanBody: BodyScan;
  /** Why the breaker is not followed this time; null where it is. */
  readonly overrideBreaker: string | null;
  /** Whether the schedule began this night, or somebody who waits for it. */
  readonly scheduled: boolean;
  /** Aborted when the process is asked to stop, or another worker has taken the run over. */
  readonly signal: AbortSignal;
  readonly run: Run;
  /** The account behind the credential: last time's until it is proved, then this time's. */
  readonly accountId: string | null;
  readonly rules: ReadonlyMap<string, Rule>;
  /** What the breaker goes by, whether it is on or not. */
  readonly coverageRule: Rule | null;
  /** What rules from outside ask of bodies; null where none does. */
  readonly probes: Probes | null;
  /** The version of the facts that answer it. */
  readonly factsVersion: string;
  /** What the enabled rules need the walk to fetch. */
  readonly needs: ReadonlySet<Need>;
  readonly now: () => Date;
  readonly sleep: Clock['sleep'];
  /** Between the parts of long work that waits for nothing. */
  readonly breathe: Clock['breathe'];
  readonly newId: () => string;
  readonly log: Log;
  readonly progress: (step: string, done: number, total?: number) => void;
  /** Calls to Atlassian since the last checkpoint; they commit with what they brought. */
  readonly calls: CallRow[];
  /** What this run could not do; empty at the end means `complete`. */
  readonly shortfalls: Shortfall[];
  /** Pages by space that bulk lists left out or cut short and that were read one by one. */
  readonly degraded: Map<string, number>;
  /** Kinds of material of which some could not be read: what rests on them is not certain. */
  readonly doubtful: Set<Need>;
  readonly counts: Counts;
  readonly held: Held;
  /** Ends the heartbeat and the connections. */
  readonly close: () => Promise<void>;
}

interface Counts {
  /** Null where there is nothing to write. */
  planId: string | null;
  /** Null until the spaces are known. */
  estimate: RequestEstimate | null;
  spaces: number;
  pagesSeen: number;
  pagesChanged: number;
  /** Null where nothing was planned. */
  writesWanted: number | null;
  writesPlanned: number;
  writesDeferred: number;
  /** Null where the run did not come to its mutes. */
  mutesUnused: number | null;
}

/** Why the writes of a night were left for another one, where they were; and what the breaker says against its plan. */
interface Held {
  reason: Reason | null;
  refusal: string | null;
}

/**
 * One write transaction of the run: nothing is written once another worker has taken the run over, and the audit trail of the calls
 * that led here commits with what they brought. The others of the run wait for it.
 */
export const inRun = <T>(night: Night, work: (tx: TenantTx) => Promise<T>): Promise<T> =>
  withCalls(night, async (tx, saveCalls) => {
    await assertFence(tx, night.run);
    await saveCalls();
    return work(tx);
  });

/**
 * The same for what is saved side by side and touches no row that another one reads before it writes: whose the run is, is asked last, so
 * that the others wait for the commit alone. Rows that two of them may write are written in one order, by id.
 */
export const inRunBesideOthers = <T>(night: Night, work: (tx: TenantTx) => Promise<T>): Promise<T> =>
  withCalls(night, async (tx, saveCalls) => {
    await saveCalls();
    const result = await work(tx);
    await assertFence(tx, night.run);
    return result;
  });

async function withCalls<T>(
  night: Night,
  work: (tx: TenantTx, saveCalls: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const calls = night.calls.splice(0);
  try {
    return await night.store.withTenant(night.settings.id, (tx) =>
      work(tx, async () => {
        if (calls.length > 0) await saveApiCalls(tx, night.run, night.accountId, calls);
      }),
    );
  } catch (error) {
    night.calls.unshift(...calls);
    throw error;
  }
}

/** One read transaction of the tenant. */
export const read = <T>(night: Night, work: (tx: TenantTx) => Promise<T>): Promise<T> =>
  night.store.withTenant(night.settings.id, work, { readOnly: true });
