/** How a tenant's run ended. Nothing but `complete` may be read as "everything was looked at". */
export type Outcome = 'complete' | 'partial' | 'failed' | 'skipped';

/** Why a run did not simply end `complete`; the closed vocabulary of `report.run_log.reason`. */
export type Reason =
  | 'budget'
  | 'time'
  | 'rate-limited'
  | 'auth-invalid'
  | 'auth-anonymous'
  | 'auth-expired'
  | 'reauth-needed'
  | 'forbidden'
  | 'scope-missing'
  | 'unreachable'
  | 'site-changed'
  | 'visibility-lost'
  | 'breaker'
  | 'quiet-hours'
  | 'disabled'
  | 'interrupted'
  | 'unexpected';

/** Exit codes of every command, worst first: where several apply, the first of this list that applies wins. */
const EXIT_CODES_WORST_FIRST = [1, 2, 7, 6, 5, 4, 3, 0] as const;
export type ExitCode = (typeof EXIT_CODES_WORST_FIRST)[number] | 130 | 143;

/** The exit code that several parts of one command add up to. An interruption outranks all of them. */
export function worstExit(codes: Iterable<ExitCode>): ExitCode {
  const seen = new Set(codes);
  const interrupted = ([143, 130] as const).find((code) => seen.has(code));
  return interrupted ?? EXIT_CODES_WORST_FIRST.find((code) => seen.has(code)) ?? 0;
}
