import { asAuditError, type ErrorCode } from '../domain/errors.ts';

/** Why a request could not be signed: what was found out before anything was sent to the tenant, not an answer of it. */
const UNSIGNED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'secret-missing',
  'token-missing',
  'reauth-needed',
  'app-refused',
  'auth-server-unreachable',
  'keys-missing',
  'seal-broken',
  'cloud-id-unknown',
  'site-changed',
  'database-unprepared',
  'interrupted',
]);

/** True for a failure to sign, which says itself what to do; everything else is told as a failed call. */
export const isUnsigned = (error: unknown): boolean => {
  const known = asAuditError(error);
  return known !== null && UNSIGNED.has(known.code);
};
