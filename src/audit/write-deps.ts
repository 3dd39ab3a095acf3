import type { WriteDeps } from '../actions/carry-out.ts';
import { type Night, inRun } from './night.ts';

/** A night as the room of the writes sees it. */
export const writeDeps = (night: Night, approvedBy: string | null): WriteDeps => ({
  run: night.run,
  accountId: night.accountId,
  approvedBy,
  confluence: night.confluence,
  sleep: (ms) => night.sleep(ms, night.signal),
  inRun: (work) => inRun(night, work),
});
