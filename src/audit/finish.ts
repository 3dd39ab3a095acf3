import type { AuditResult } from '../domain/audit-result.ts';
import { type AuditError, asAuditError } from '../domain/errors.ts';
import type { Outcome, Reason } from '../domain/outcome.ts';
import { errorFields } from '../runtime/log-fields.ts';
import { callTotals, saveApiCalls } from '../store/api-calls.ts';
import { openBySeverity } from '../store/findings.ts';
import { assertFence, finishRun } from '../store/runs.ts';
import { coverageOf } from '../store/spaces.ts';
import type { Night } from './night.ts';
import { type Shortfall, shortfallOf } from './shortfall.ts';

interface End {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly error: AuditError | null;
}

/** Ends the run with an honest outcome: `complete` only when nothing failed and nothing fell short. */
export async function finish(night: Night, error: unknown): Promise<AuditResult> {
  const end = endOf(night.shortfalls, error);
  if (error !== null) night.log.error('The audit ended early', errorFields(error));
  if (end.error?.code === 'lease-lost') throw end.error;
  const calls = night.calls.splice(0);
  const result = await night.store.withTenant(night.settings.id, async (tx) => {
    await assertFence(tx, night.run);
    if (calls.length > 0) await saveApiCalls(tx, night.run, calls);
    const totals = await callTotals(tx, night.run);
    await finishRun(tx, night.run, { ...end, ...night.counts, ...totals, findingsNew: sum(night.counts.findingsNew) });
    return { totals, findings: await openBySeverity(tx, night.run), coverage: await coverageOf(tx, night.run) };
  });
  const { counts } = night;
  night.log.info('The audit ended', { outcome: end.outcome, reason: end.reason, pages: counts.pagesSeen, requests: result.totals.requests });
  return {
    tenantId: night.settings.id,
    runId: night.run.runId,
    planId: null,
    ...end,
    ...counts,
    ...result.totals,
    coverage: result.coverage,
    findings: result.findings,
    waitedSeconds: result.totals.waitedMs / 1000,
    seconds: (night.now().getTime() - new Date(night.run.startedAt).getTime()) / 1000,
    errorCode: end.error?.code ?? null,
  };
}

function endOf(shortfalls: readonly Shortfall[], error: unknown): End {
  const known = asAuditError(error);
  if (error !== null && known === null) {
    return { outcome: 'failed', reason: 'unexpected', detail: error instanceof Error ? `${error.name}: see the log.` : null, error: null };
  }
  if (known !== null) {
    // Exit 4 and interruptions leave a pass that the next run goes on with; everything else did not audit.
    const resumable = known.kind.exit === 4 || known.code === 'interrupted';
    return { outcome: resumable ? 'partial' : 'failed', ...shortfallOf(known), error: known };
  }
  const [first, ...rest] = shortfalls;
  if (first === undefined) return { outcome: 'complete', reason: null, detail: null, error: null };
  return { outcome: 'partial', reason: first.reason, detail: [first, ...rest].map((one) => one.detail).join(' '), error: null };
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, one) => total + one, 0);
