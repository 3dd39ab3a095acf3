import { ERRORS } from './errors.ts';
import type { AuditResult } from './audit-result.ts';
import type { WriteResult } from './write-result.ts';
import { type ExitCode, type Outcome, worstExit } from './outcome.ts';
import { rank, SEVERITIES, type Severity } from './severity.ts';

/** When findings alone make a command fail: at this severity or worse, among the new ones or among all open ones. */
export interface FailOn {
  readonly severity: Severity;
  readonly scope: 'new' | 'all';
}

/** Reads `high`, `high:new` or `high:all`; `null` for anything else. Without a scope only new findings count. */
export function parseFailOn(text: string): FailOn | null {
  const [name, scope = 'new', ...rest] = text.split(':');
  const severity = SEVERITIES.find((known) => known === name);
  if (severity === undefined || rest.length > 0 || (scope !== 'new' && scope !== 'all')) return null;
  return { severity, scope };
}

/** The exit code of writes over all their tenants: what was left alone because it had changed is no failure. */
export const writesExit = (results: readonly WriteResult[]): ExitCode => worstExit(results.map(endedWith));

/** The exit code of an audit over all its tenants; without `failOn` no finding makes it fail. */
export function auditExit(results: readonly AuditResult[], failOn: FailOn | null): ExitCode {
  return worstExit(results.map((result) => exitOf(result, failOn)));
}

const EXIT_OF = { complete: 0, skipped: 0, partial: 4, failed: 5 } as const satisfies Record<Outcome, ExitCode>;

function exitOf(result: AuditResult, failOn: FailOn | null): ExitCode {
  const code = result.refusedBecause === null ? endedWith(result) : 6;
  return code === 0 && result.outcome === 'complete' && failOn !== null && reaches(result, failOn) ? 3 : code;
}

function endedWith({ reason, errorCode, outcome }: Pick<AuditResult, 'reason' | 'errorCode' | 'outcome'>): ExitCode {
  if (reason === 'breaker') return 6;
  // A mistake in the settings, a held lock or a lost database says more than that a tenant failed.
  if (errorCode !== null && [1, 2, 7].includes(ERRORS[errorCode].exit)) return ERRORS[errorCode].exit;
  return EXIT_OF[outcome];
}

function reaches(result: AuditResult, failOn: FailOn): boolean {
  const counted = failOn.scope === 'new' ? result.findingsNew : result.findings;
  return SEVERITIES.some((severity) => rank(severity) <= rank(failOn.severity) && counted[severity] > 0);
}
