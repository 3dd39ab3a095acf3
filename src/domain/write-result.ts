import type { RunResult } from './run-result.ts';

/** What carrying out a plan, or taking back what a run did, came to for one tenant. */
export interface WriteResult extends RunResult {
  readonly done: number;
  /** Looked at again and left alone, because something had changed. */
  readonly skipped: number;
  readonly refused: number;
  readonly unknown: number;
  /** What an undo cannot take back, and why. */
  readonly stays: readonly { readonly pageTitle: string; readonly action: string; readonly why: string }[];
}
