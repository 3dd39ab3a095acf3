import type { ErrorCode } from './errors.ts';
import type { Outcome, Reason } from './outcome.ts';

/** What carrying out a plan, or taking back what a run did, came to for one tenant. */
export interface WriteResult {
  readonly tenantId: string;
  /** Null where no run was opened. */
  readonly runId: string | null;
  readonly planId: string | null;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly errorCode: ErrorCode | null;
  readonly done: number;
  /** Looked at again and left alone, because something had changed. */
  readonly skipped: number;
  readonly refused: number;
  readonly unknown: number;
  /** What an undo cannot take back, and why. */
  readonly stays: readonly { readonly pageTitle: string; readonly action: string; readonly why: string }[];
  readonly requests: number;
  readonly seconds: number;
}
