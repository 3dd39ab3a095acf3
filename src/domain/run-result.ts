import type { ErrorCode } from './errors.ts';
import type { Outcome, Reason } from './outcome.ts';

/** What every run comes to, whatever its job was; exit codes are made of it. */
export interface RunResult {
  readonly tenantId: string;
  /** Null where no run was opened: skipped, or failed before its first row. */
  readonly runId: string | null;
  /** The plan that was stored or carried out; null where there was none. */
  readonly planId: string | null;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  /** One sentence for people where there is more to say than the reason; never a secret. */
  readonly detail: string | null;
  /** The error that ended the run early, where one with a name did. */
  readonly errorCode: ErrorCode | null;
  readonly requests: number;
  readonly seconds: number;
}
