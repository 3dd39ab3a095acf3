import { type AuditError, asAuditError } from '../domain/errors.ts';
import type { Night } from './night.ts';
import type { Reason } from '../domain/outcome.ts';

/** Something that keeps a run from being called complete. */
export interface Shortfall {
  readonly reason: Reason;
  /** A full sentence. */
  readonly detail: string;
  /** When a limit lets go on, where it said so. */
  readonly resumeInSeconds?: number | null;
}

/** Limits that end the requests of a night, not its judgement: what is known by then is still judged. */
const LIMITS: ReadonlySet<string> = new Set(['budget-spent', 'time-spent', 'rate-limited']);

/** Does as much of `work` as the limits allow; a limit becomes a shortfall, everything else is thrown on. */
export async function asFarAsAllowed(
  night: Pick<Night, 'shortfalls' | 'log'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const known = asAuditError(error);
    if (known === null || !LIMITS.has(known.code)) throw error;
    night.log.warn('A limit ended the reading early; what is known is judged', { code: known.code });
    night.shortfalls.push(shortfallOf(known));
  }
}

/** A named failure as the reason of a run. */
export const shortfallOf = (error: AuditError): Shortfall => ({
  reason: error.kind.reason ?? 'unexpected',
  detail: error.message,
  resumeInSeconds: typeof error.fields['retryAfterSeconds'] === 'number' ? error.fields['retryAfterSeconds'] : null,
});
