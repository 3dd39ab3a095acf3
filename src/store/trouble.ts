import { AuditError } from '../domain/errors.ts';
import { connectionLost, sqlState, unreachable } from './unreachable.ts';

/**
 * What kind of trouble a failed transaction met. `conflict`: with another one, which has gone on. `away`: the server, or the way to it.
 * `unwritable`: the server answers and takes no writes.
 */
export type Trouble = 'conflict' | 'away' | 'unwritable' | null;

// https://www.postgresql.org/docs/15/errcodes-appendix.html
// Serialization failure, deadlock, lock not available.
const CONFLICT = new Set(['40001', '40P01', '55P03']);
// Too many connections, in all or of this role.
const NO_CONNECTION = new Set(['53300']);
// Read-only, disk full, out of memory, and files that the server cannot write.
const UNWRITABLE = new Set(['25006', '53100', '53200', '58030']);

/** The kind of trouble behind an error of the driver; null for mistakes of ours and errors that have a name already. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof AuditError) return null;
  const state = sqlState(error);
  if (CONFLICT.has(state)) return 'conflict';
  if (connectionLost(error) || NO_CONNECTION.has(state)) return 'away';
  return UNWRITABLE.has(state) ? 'unwritable' : null;
}

/** The same error with a name, where it has to do with the server and not with the statement. */
export function named(url: string, error: unknown): unknown {
  const trouble = troubleOf(error);
  if (trouble === 'away') return unreachable(url, error);
  if (trouble !== 'unwritable') return error;
  const cause = error instanceof Error ? error.message : '';
  return new AuditError('database-unwritable', `The database takes no writes: ${cause}.`, {
    fields: { sqlState: sqlState(error) },
  });
}

const CONFLICTS = 5;
/** Half a minute in all: a server that restarts is back by then, and a lease that was renewed before still holds. */
const PAUSES_MS = [100, 200, 400, 800, 1_600, 3_200, 3_200, 3_200, 3_200, 3_200, 3_200, 3_200, 3_200];

/** How long to wait before a transaction is tried again; null where that is no use. `tried` counts from 1, `roll` is in [0, 1). */
export function pauseMs(trouble: Trouble, tried: number, roll: number): number | null {
  const longest = PAUSES_MS[tried - 1];
  if (longest === undefined || trouble === null || trouble === 'unwritable') return null;
  if (trouble === 'conflict' && tried >= CONFLICTS) return null;
  return Math.round(longest * (0.5 + roll / 2));
}
