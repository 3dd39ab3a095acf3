import type { RetryDecision } from '../domain/backoff.ts';
import { AuditError, type ErrorCode } from '../domain/errors.ts';
import type { Verdict } from './classify.ts';
import type { Endpoint } from './endpoints.ts';
import type { Judged } from './judge.ts';

const UNKNOWN = { outcome: 'unknown' };

/** A call that was given up. Names the site, the operation, the status and the request id; nothing else out of address or body. */
export class CallFailure extends AuditError {
  /** True where the answer bears the mark of a dead credential that has not been confirmed yet. */
  readonly doubtful: boolean;
  readonly status: number | null;
  readonly endpoint: Endpoint;

  constructor(
    { endpoint, origin }: { readonly endpoint: Endpoint; readonly origin: string },
    judged: Judged & { verdict: Verdict },
    {
      decision,
      attempts,
      maybeDone,
    }: { readonly decision: RetryDecision; readonly attempts: number; readonly maybeDone: boolean },
  ) {
    const parked = !decision.retry && decision.why === 'wait-too-long' && judged.askedMs !== null;
    const code = parked ? 'rate-limited' : judged.verdict.code;
    super(code, sentence({ endpoint, origin }, judged, code), {
      fields: {
        endpoint: endpoint.template,
        method: endpoint.method,
        attempts,
        ...(judged.status === null ? {} : { status: judged.status }),
        ...(judged.requestId === null ? {} : { requestId: judged.requestId }),
        ...(code === 'rate-limited' ? { retryAfterSeconds: Math.ceil(decision.waitMs / 1_000) } : {}),
        ...(maybeDone ? UNKNOWN : {}),
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

/** The same error of a write of which an earlier attempt may have been carried out. */
export const unsettled = (error: unknown): unknown =>
  error instanceof AuditError && !isOutcomeUnknown(error) && !(error instanceof CallFailure)
    ? new AuditError(error.code, error.message, { cause: error, fields: { ...error.fields, ...UNKNOWN } })
    : error;

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
