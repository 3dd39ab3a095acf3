import { asAuditError, type ErrorCode } from '../domain/errors.ts';

/** Why no answer came, as far as the machine tells. */
export interface NetworkFailure {
  readonly code: ErrorCode;
  readonly why: string;
  readonly retryable: boolean;
  /** False where the request surely never reached the site. */
  readonly mayHaveArrived: boolean;
}

const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET|VERIFY|DECRYPT)_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** The other side speaks no TLS, or none that both know; a proxy that answers in plain text looks like it. */
const NO_TLS = /^(ERR_SSL_|EPROTO$)/;

const NEVER_SENT = new Map([
  ['ECONNREFUSED', 'the connection was refused'],
  ['ENOTFOUND', 'the host name does not exist'],
  ['EAI_AGAIN', 'the host name could not be looked up'],
  ['EHOSTUNREACH', 'there is no route to the host'],
  ['ENETUNREACH', 'there is no route to the network'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection came about in time'],
]);

const BROKEN = new Map([
  ['ECONNRESET', 'the connection was reset'],
  ['EPIPE', 'the connection was closed'],
  ['ETIMEDOUT', 'the connection timed out'],
  ['UND_ERR_SOCKET', 'the connection was closed before the answer ended'],
  ['UND_ERR_HEADERS_TIMEOUT', 'no answer came in time'],
  ['UND_ERR_BODY_TIMEOUT', 'the answer stopped half way'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'the answer was cut'],
  ['Z_BUF_ERROR', 'the compressed answer was cut'],
  ['Z_DATA_ERROR', 'the compressed answer was damaged'],
]);

/** Sorts an error of the socket, TLS or decompression. Our own errors pass as they are, never retried. */
export function explainNetworkFailure(error: unknown): NetworkFailure {
  const own = asAuditError(error);
  if (own !== null) {
    // What is wrong with an answer shows that the request arrived; all else of ours stops it before it leaves.
    const mayHaveArrived = own.code.startsWith('response-');
    return { code: own.code, why: own.message.replace(/\.$/, ''), retryable: false, mayHaveArrived };
  }
  const code = codeOf(error);
  if (CERTIFICATE.test(code)) {
    return {
      code: 'certificate-invalid',
      why: `certificate not accepted (${code})`,
      retryable: false,
      mayHaveArrived: false,
    };
  }
  if (NO_TLS.test(code)) {
    return {
      code: 'site-unreachable',
      why: `no encrypted connection came about (${code})`,
      retryable: false,
      mayHaveArrived: false,
    };
  }
  const unsent = NEVER_SENT.get(code);
  if (unsent !== undefined) return { code: 'site-unreachable', why: unsent, retryable: true, mayHaveArrived: false };
  const why = BROKEN.get(code) ?? (isTimeout(error) ? 'the answer took too long' : 'the connection failed');
  return { code: 'site-unreachable', why, retryable: true, mayHaveArrived: true };
}

/** The first code along the chain of causes; several addresses that all failed come as an AggregateError. */
function codeOf(error: unknown): string {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    const { code } = current as NodeJS.ErrnoException;
    if (typeof code === 'string' && code !== 'UND_ERR_ABORTED') return code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return '';
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';
