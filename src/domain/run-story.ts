import type { AlertEvent, AlertRun } from './alert.ts';
import type { Outcome } from './outcome.ts';

export interface EndedRun {
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly at: string;
}

/**
 * What the latest run says that the one before the last message did not: a failure once until it is over, and its end. Null where
 * nothing has changed, or nobody asked.
 */
export function runStory(
  before: Pick<EndedRun, 'outcome'> | null,
  latest: EndedRun,
  on: readonly AlertEvent[],
): AlertRun | null {
  const { outcome, reason, detail, at } = latest;
  const was = before?.outcome ?? 'complete';
  if (outcome === was) return null;
  if (outcome === 'failed') return on.includes('tenant-failed') ? { state: 'failed', reason, detail, at } : null;
  if (outcome === 'partial' && on.includes('tenant-partial')) return { state: 'partial', reason, detail, at };
  const over =
    (was === 'failed' && on.includes('tenant-failed')) || (was === 'partial' && on.includes('tenant-partial'));
  return over ? { state: 'recovered', reason, detail: null, at } : null;
}
