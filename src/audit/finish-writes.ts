import type { StaysDone } from '../actions/plan-undo.ts';
import type { WriteResult } from '../domain/write-result.ts';
import { errorFields } from '../runtime/log-fields.ts';
import { callTotals } from '../store/api-calls.ts';
import { finishRun } from '../store/runs.ts';
import { writesOfRun } from '../store/run-changes.ts';
import { endOf } from './finish.ts';
import { type Night, inRun } from './night.ts';

export interface Written {
  readonly planId: string | null;
  /** What could not be taken back. */
  readonly stays: readonly StaysDone[];
}

/** Ends a run that only wrote, with what the ledger says it did. */
export async function finishWrites(night: Night, { planId, stays }: Written, error: unknown): Promise<WriteResult> {
  const end = endOf(night, error);
  if (error !== null) night.log.error('The writes ended early', errorFields(error));
  // Whoever took the run over ends it.
  if (end.errorCode === 'lease-lost') throw error;
  const { totals, writes } = await inRun(night, async (tx) => {
    const spent = await callTotals(tx, night.run);
    const made = await writesOfRun(tx, night.run);
    await finishRun(tx, night.run, {
      ...end,
      counters: {
        ...spent,
        writesDone: made.done,
        writesPlanned: made.done + made.skipped + made.refused + made.unknown,
        estimatedRate: night.confluence.estimatedRate(),
      },
    });
    return { totals: spent, writes: made };
  });
  night.log.info('The writes ended', { outcome: end.outcome, reason: end.reason, requests: totals.requests });
  return {
    tenantId: night.settings.id,
    runId: night.run.runId,
    planId,
    ...end,
    ...writes,
    stays,
    requests: totals.requests,
    // The clock may have been set back in between.
    seconds: Math.max(0, night.now().getTime() - Date.parse(night.run.startedAt)) / 1000,
  };
}
