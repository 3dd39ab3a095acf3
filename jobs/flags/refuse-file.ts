import { AuditError } from '../../src/domain/errors.ts';

/** Why a file that `--out` names cannot be written. */
export function refuseFile(out: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
  throw new AuditError('arguments-invalid', `--out ${out}: the file cannot be written (${code}).`, { cause: error });
}
