import { AuditError, asAuditError, type ErrorCode } from '../domain/errors.ts';
import { CallFailure } from './call-failure.ts';
import type { Identity } from './identity.ts';
import type { Ask } from './request.ts';

const ENDS_THE_RUN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'auth-invalid',
  'auth-anonymous',
  'site-changed',
  'reauth-needed',
  'app-refused',
  'gateway-needed',
  'ip-refused',
  'site-suspended',
]);

/**
 * Stands between a caller and a dead credential. An answer that looks like one is believed only after the identity was
 * looked at again; when it still stands, the call is made once more and then means what its status says. A credential
 * that is dead stays so: nothing more is sent with it.
 */
export function createGuard({ ask, identity }: { readonly ask: Ask; readonly identity: Identity }): Ask {
  let dead: AuditError | null = null;

  const remember = (error: unknown): unknown => {
    const named = asAuditError(error);
    if (named !== null && ENDS_THE_RUN.has(named.code)) dead = named;
    return error;
  };

  return async (call) => {
    if (dead !== null) throw dead;
    try {
      return await ask(call);
    } catch (error) {
      if (!isDoubtful(error)) throw remember(error);
    }
    if (dead !== null) throw dead;
    await identity.confirm().catch((error: unknown) => {
      throw remember(error);
    });
    try {
      return await ask(call);
    } catch (error) {
      throw isDoubtful(error) ? asStated(error) : remember(error);
    }
  };
}

const isDoubtful = (error: unknown): error is CallFailure => error instanceof CallFailure && error.doubtful;

function asStated({ status, fields, endpoint }: CallFailure): AuditError {
  if (status === 404)
    return new AuditError('not-found', 'The object is gone or invisible to this account.', { fields });
  if (status === 403)
    return new AuditError('forbidden', 'The account may not do this, though its credential is accepted.', { fields });
  const said = `${endpoint.method} ${endpoint.template}: refused, though the token is accepted elsewhere.`;
  return new AuditError('scope-missing', `${said} It takes the scope ${endpoint.scope}.`, { fields });
}
