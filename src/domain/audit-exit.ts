import { ERRORS } from './errors.ts';
import type { AuditResult } from './audit-result.ts';
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

/** The exit code of an audit over all its tenants; without `failOn` no finding makes it fail. */
export function auditExit(results: readonly AuditResult[], failOn: FailOn | null): ExitCode {
  return worstExit(results.map((result) => exitOf(result, failOn)));
}

const EXIT_OF = { complete: 0, skipped: 0, partial: 4, failed: 5 } as const satisfies Record<Outcome, ExitCode>;

function exitOf(result: AuditResult, failOn: FailOn | null): ExitCode {
  if (result.reason === 'breaker') return 6;
  // A mistake in the settings, a held lock or a lost database says more than that a tenant failed.
  if (result.errorCode !== null && [1, 2, 7].includes(ERRORS[result.errorCode].exit))
    return ERRORS[result.errorCode].exit;
  if (result.outcome === 'complete' && failOn !== null && reaches(result, failOn)) return 3;
  return EXIT_OF[result.outcome];
}

function reaches(result: AuditResult, failOn: FailOn): boolean {
  const counted = failOn.scope === 'new' ? result.findingsNew : result.findings;
  return SEVERITIES.some((severity) => rank(severity) <= rank(failOn.severity) && counted[severity] > 0);
}
