import { AuditError, asAuditError } from '../domain/errors.ts';
import type { Night } from './night.ts';

/** A credential that is refused after the day on which it ends, by the settings, has expired; every other failure stays what it is. */
export function namedByExpiry({ settings, now }: Pick<Night, 'settings' | 'now'>, error: unknown): unknown {
  const { expires } = settings.auth;
  const refused = asAuditError(error);
  if (refused === null || !['auth-invalid', 'auth-anonymous'].includes(refused.code)) return error;
  if (expires === null || now().getTime() < Date.parse(`${expires}T00:00:00Z`)) return error;
  return new AuditError('auth-expired', `${refused.message} By the settings the credential ended on ${expires}.`, {
    cause: refused,
    fields: refused.fields,
  });
}
