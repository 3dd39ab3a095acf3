import { AuditError } from '../../src/domain/errors.ts';

/** Why a file that a flag names cannot be written; `flag` as it was given: `--out FILE`. */
export function refuseFile(flag: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
  throw new AuditError('arguments-invalid', `${flag}: the file cannot be written (${code}).`, { cause: error });
}
