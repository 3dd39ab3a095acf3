import type { RequestEstimate } from './request-estimate.ts';
import type { RunResult } from './run-result.ts';
import type { BySeverity } from './severity.ts';

/** What one tenant's audit came to: what the `audit` command prints. */
export interface AuditResult extends RunResult {
  /** Seconds after which a limit that ended the reading early lets go on; null where nothing said so. */
  readonly resumeInSeconds: number | null;
  readonly coverage: Coverage;
  /** Open findings after this run. */
  readonly findings: BySeverity;
  /** Opened or reopened by this run. */
  readonly findingsNew: BySeverity;
  readonly findingsResolved: number;
  readonly writesPlanned: number;
  readonly writesDone: number;
  /** Why the breaker kept the writes back; null where it did not, or was overridden. */
  readonly refusedBecause: string | null;
  /** Left for a later night by the write limits. */
  readonly writesDeferred: number;
  /** Mutes in force that hold no finding, for somebody to take out; null where the run did not come to its mutes. */
  readonly mutesUnused: number | null;
  /** What was expected beforehand; null where the run ended before it knew its spaces. */
  readonly estimate: RequestEstimate | null;
  readonly throttled: number;
  readonly waitedSeconds: number;
  readonly pagesSeen: number;
  readonly pagesChanged: number;
}

/** What the account could see of what is known to exist. What is wholly invisible to it is in neither number. */
export interface Coverage {
  readonly spacesSeen: number;
  readonly spacesTotal: number;
  /** 0 to 100; null where nothing is known, for example because the run failed at sign-in. */
  readonly percent: number | null;
}
