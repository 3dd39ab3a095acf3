import { AuditError, asAuditError } from '../domain/errors.ts';

/** True for the error of a call about an object that is gone, or that the account cannot see. */
export const isNotFound = (error: unknown): boolean => asAuditError(error)?.code === 'not-found';

/**
 * Makes a write of v2, which answers 404 for what is gone and for what the account may see but not write. Where it is still there the
 * error is `forbidden`, so that nobody takes a refusal for an absence.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/
 */
export async function toldApart<T>(write: Promise<T>, isThere: () => Promise<boolean>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const named = asAuditError(error);
    if (named === null || !isNotFound(named) || !(await isThere())) throw error;
    const said = 'It is there, and the account may view it but not write it.';
    throw new AuditError('forbidden', `${named.message} ${said}`, { cause: named, fields: named.fields });
  }
}
