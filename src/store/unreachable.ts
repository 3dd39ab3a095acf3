import { AuditError } from '../domain/errors.ts';

/** The SQLSTATE (or the system's code) of an error, `''` where it has none. */
export const sqlState = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

// Class 08, admin shutdown and crash, and what Node says of sockets.
// https://www.postgresql.org/docs/15/errcodes-appendix.html
const LOST = /^(08...|57P0[1-5]|E(CONN(REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND))$/;

// What the driver says, without a code, of a connection that ended earlier, that could not be had in time, or that does not answer.
const ENDED =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/;

/** True where the server, and not the statement, is the trouble. */
export const connectionLost = (error: unknown): boolean =>
  LOST.test(sqlState(error)) || (error instanceof Error && ENDED.test(error.message));

/** Says where and as whom, and why not; never the password, which may stand in the URL. */
export function unreachable(url: string, cause: unknown): AuditError {
  return new AuditError('database-unreachable', `Cannot use the database ${withoutSecret(url)}: ${reasonOf(cause)}.`, {
    fields: { sqlState: sqlState(cause) },
  });
}

function withoutSecret(url: string): string {
  if (!URL.canParse(url)) return '(DATABASE_URL is not a URL)';
  const { username, host, pathname } = new URL(url);
  return `${pathname.slice(1) || '(no name)'} on ${host || 'the local socket'}${username ? ` as ${username}` : ''}`;
}

function reasonOf(cause: unknown): string {
  // Node tries every address of a name and wraps what each of them said.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  const message = first instanceof Error ? first.message : 'unknown failure';
  return (message || sqlState(first)).replace(/\.$/, '');
}
