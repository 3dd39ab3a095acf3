import { type AuditError, asAuditError } from '../domain/errors.ts';
import type { ExitCode } from '../domain/outcome.ts';

/** One thing that was looked at before anything depends on it. */
export interface Check {
  /** Null for what concerns the whole installation. */
  readonly tenant: string | null;
  readonly check: string;
  /** `warn`: it works, and something of it will be missing or end. */
  readonly status: 'ok' | 'warn' | 'fail';
  /** A full sentence. */
  readonly detail: string;
  /** What to do; null where nothing is to be done. */
  readonly advice: string | null;
  readonly exit: ExitCode;
}

type About = Pick<Check, 'tenant' | 'check'>;

export const fine = (about: About, detail: string): Check => ({
  ...about,
  status: 'ok',
  detail,
  advice: null,
  exit: 0,
});

export const doubtful = (about: About, detail: string, advice: string): Check => ({
  ...about,
  status: 'warn',
  detail,
  advice,
  exit: 0,
});

export const failed = (about: About, error: AuditError): Check => ({
  ...about,
  status: 'fail',
  detail: error.message,
  advice: error.hint,
  exit: error.kind.exit,
});

/** Looks, and makes a failed check of a failure with a name; everything else is a fault of the program and thrown on. */
export async function look(about: About, work: () => Promise<Check>): Promise<Check> {
  try {
    return await work();
  } catch (error) {
    const known = asAuditError(error);
    if (known === null || known.code === 'interrupted') throw error;
    return failed(about, known);
  }
}
