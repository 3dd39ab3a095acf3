import type { RetryDecision } from '../domain/backoff.ts';
import { AuditError, type ErrorCode } from '../domain/errors.ts';
import type { Verdict } from './classify.ts';
import type { Endpoint } from './endpoints.ts';
import type { Judged } from './judge.ts';

/** A call that was given up. Names the site, the operation, the status and the request id; nothing else out of address or body. */
export class CallFailure extends AuditError {
  /** True where the answer bears the mark of a dead credential that has not been confirmed yet. */
  readonly doubtful: boolean;
  readonly status: number | null;
  readonly endpoint: Endpoint;

  constructor(
    { endpoint, origin }: { readonly endpoint: Endpoint; readonly origin: string },
    judged: Judged & { verdict: Verdict },
    { decision, attempts }: { readonly decision: RetryDecision; readonly attempts: number },
  ) {
    const parked = !decision.retry && decision.why === 'wait-too-long' && judged.askedMs !== null;
    const code = parked ? 'rate-limited' : judged.verdict.code;
    const unknown = !endpoint.repeatable && judged.mayHaveHappened;
    super(code, sentence({ endpoint, origin }, judged, code), {
      fields: {
        endpoint: endpoint.template,
        method: endpoint.method,
        attempts,
        ...(judged.status === null ? {} : { status: judged.status }),
        ...(judged.requestId === null ? {} : { requestId: judged.requestId }),
        ...(code === 'rate-limited' ? { retryAfterSeconds: Math.ceil(decision.waitMs / 1_000) } : {}),
        ...(unknown ? { outcome: 'unknown' } : {}),
      },
    });
    this.doubtful = judged.verdict.doubtful === true;
    this.status = judged.status;
    this.endpoint = endpoint;
  }
}

/** True where a write may or may not have been carried out: read back before doing anything else. */
export const isOutcomeUnknown = (error: unknown): boolean =>
  error instanceof AuditError && error.fields['outcome'] === 'unknown';

function sentence(
  { endpoint, origin }: { endpoint: Endpoint; origin: string },
  judged: Judged & { verdict: Verdict },
  code: ErrorCode,
): string {
  const status = judged.status === null ? '' : ` (status ${judged.status})`;
  const said = `${endpoint.method} ${origin}${endpoint.template}: ${judged.verdict.message}${status}.`;
  if (code === 'scope-missing') return `${said} It takes the scope ${endpoint.scope}.`;
  if (code === 'forbidden') return `${said} It takes the permission to ${endpoint.permission}.`;
  return said;
}
