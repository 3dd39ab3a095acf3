import { queueAlerts } from '../alerts/queue-alerts.ts';
import type { AuditResult, Coverage } from '../domain/audit-result.ts';
import { type AuditError, asAuditError } from '../domain/errors.ts';
import type { Outcome, Reason } from '../domain/outcome.ts';
import type { RequestEstimate } from '../domain/request-estimate.ts';
import { errorFields } from '../runtime/log-fields.ts';
import { callTotals } from '../store/api-calls.ts';
import { openBySeverity } from '../store/findings.ts';
import { forgetAccounts } from '../store/personal-data.ts';
import { runChanges } from '../store/run-changes.ts';
import { finishRun } from '../store/runs.ts';
import { readCoverage } from '../store/spaces.ts';
import { pruneWalks } from '../store/walk.ts';
import { judgeTenant } from './judge-tenant.ts';
import { type Night, inRun } from './night.ts';
import { type Shortfall, shortfallOf } from './shortfall.ts';

export interface End {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly errorCode: AuditError['code'] | null;
  readonly resumeInSeconds?: number | null;
}

const UNKNOWN: Coverage = { spacesSeen: 0, spacesTotal: 0, percent: null };

/** Ends the run with an honest outcome: `complete` only when nothing failed and nothing fell short. */
export async function finish(night: Night, error: unknown): Promise<AuditResult> {
  const end = endOf(night, error);
  if (error !== null) night.log.error('The audit ended early', errorFields(error));
  // Whoever took the run over ends it.
  if (end.errorCode === 'lease-lost') throw error;
  const { counts } = night;
  const { totals, changes, findings, coverage } = await inRun(night, async (tx) => {
    await judgeTenant(tx, night, end);
    const spent = await callTotals(tx, night.run);
    const changed = await runChanges(tx, night.run);
    const findingsNew = Object.values(changed.findingsNew).reduce((sum, one) => sum + one, 0);
    await finishRun(tx, night.run, {
      ...end,
      counters: {
        ...counts,
        ...spent,
        ...changed,
        findingsNew,
        estimatedRequests: expectedRequests(counts.estimate),
        estimatedRate: night.confluence.estimatedRate(),
      },
    });
    await queueAlerts(tx, night.settings.notify, { runId: night.run.runId, newId: night.newId });
    await pruneWalks(tx, { keepRunId: night.run.runId });
    await forgetAccounts(tx);
    return { totals: spent, changes: changed, findings: await openBySeverity(tx), coverage: await readCoverage(tx) };
  });
  night.log.info('The audit ended', {
    outcome: end.outcome,
    reason: end.reason,
    pages: counts.pagesSeen,
    requests: totals.requests,
    estimated: expectedRequests(counts.estimate),
  });
  return {
    ...end,
    resumeInSeconds: end.resumeInSeconds ?? null,
    refusedBecause: night.held.reason === 'breaker' ? night.held.refusal : null,
    ...counts,
    ...changes,
    tenantId: night.settings.id,
    runId: night.run.runId,
    // What earlier nights saw says nothing of this one.
    coverage: end.outcome === 'failed' && counts.pagesSeen === 0 ? UNKNOWN : coverage,
    findings,
    requests: totals.requests,
    throttled: totals.throttled,
    waitedSeconds: totals.waitedMs / 1000,
    // The clock may have been set back in between.
    seconds: Math.max(0, night.now().getTime() - Date.parse(night.run.startedAt)) / 1000,
  };
}

/** A lower bound is no estimate that the truth could be held against. */
const expectedRequests = (estimate: RequestEstimate | null): number | null =>
  estimate === null || estimate.countedBy === null ? null : estimate.requests;

export function endOf({ shortfalls, signal, held }: Night, error: unknown): End {
  const thrown = asAuditError(error);
  // A request that was kept back says only that it was; why, the signal knows.
  const silent = thrown === null || (thrown.code === 'interrupted' && isDisabled(signal.reason));
  const cause = error !== null && signal.aborted && silent ? signal.reason : error;
  const known = asAuditError(cause);
  if (known !== null) {
    // Limits and interruptions leave checkpoints that the next run goes on from; after everything else nothing was audited.
    const resumable = known.kind.exit === 4 || known.code === 'interrupted';
    return { outcome: resumable ? 'partial' : 'failed', ...shortfallOf(known), errorCode: known.code };
  }
  if (error !== null)
    return { outcome: 'failed', reason: 'unexpected', detail: `${className(error)}: see the log.`, errorCode: null };
  const [first] = shortfalls;
  // All was looked at; only the writes wait.
  if (first === undefined) return { outcome: 'complete', reason: held.reason, detail: held.refusal, errorCode: null };
  return {
    outcome: 'partial',
    reason: first.reason,
    detail: [...shortfalls.map(sentence), ...(held.refusal === null ? [] : [held.refusal])].join(' '),
    errorCode: null,
    resumeInSeconds: first.resumeInSeconds ?? null,
  };
}

const sentence = ({ detail }: Shortfall): string => detail;
const className = (error: unknown): string => (error instanceof Error ? error.name : 'Something that is no error');
const isDisabled = (reason: unknown): boolean => asAuditError(reason)?.code === 'tenant-disabled';
