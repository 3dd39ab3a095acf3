import { type AuditError, asAuditError } from '../domain/errors.ts';
import type { Night } from './night.ts';
import type { Reason } from '../domain/outcome.ts';
import { errorFields } from '../runtime/log-fields.ts';

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
/** Answers that nobody can use: they cost what was asked for, and what is asked next may be answered. */
const DAMAGE: ReadonlySet<string> = new Set(['response-invalid', 'response-too-large', 'server-error', 'cursor-loop']);

/**
 * Takes the steps one after the other, as far as the limits allow. A limit, or a step that ends in damage, becomes a shortfall: what the
 * step would have read is then unknown, and the rules that need it say so. Everything else is thrown on.
 */
export async function asFarAsAllowed(
  night: Pick<Night, 'shortfalls' | 'log'>,
  steps: readonly (() => Promise<void>)[],
): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      const known = asAuditError(error);
      if (known === null || !(LIMITS.has(known.code) || DAMAGE.has(known.code))) throw error;
      night.log.warn('Something could not be read; what is known is judged', errorFields(known));
      night.shortfalls.push(shortfallOf(known));
      if (LIMITS.has(known.code)) return;
    }
  }
}

/** A named failure as the reason of a run. */
export const shortfallOf = (error: AuditError): Shortfall => ({
  reason: error.kind.reason ?? 'unexpected',
  detail: error.message,
  resumeInSeconds: typeof error.fields['retryAfterSeconds'] === 'number' ? error.fields['retryAfterSeconds'] : null,
});
