import { PgBoss } from 'pg-boss';
import { AuditError } from '../domain/errors.ts';
import type { QueueLine } from '../store/driver.ts';
import { sqlState } from '../store/unreachable.ts';

export const QUEUE = 'audit';
export const HEARTBEAT_SECONDS = 20;
const SCHEMA = 'pgboss';
// Any constant does: it only has to differ from the locks of other programs in the same database.
const LOCK = 7_267_405_128;

/** What every use of the engine has in common: nothing of it runs by itself but what is asked for. */
export const BOSS_OPTIONS = {
  schema: SCHEMA,
  schedule: false,
  reindex: false,
  monitorVacuum: false,
  registerInstance: false,
} as const;

/**
 * `stately` with the tenant as its key: one slot of a tenant waits, one is active. Retries are many and cheap, because a
 * delivery that comes too early only finds the lease held.
 */
const POLICY = {
  policy: 'stately',
  heartbeatSeconds: HEARTBEAT_SECONDS,
  // No audit may take longer; the engine allows no day and more.
  expireInSeconds: 24 * 3600 - 1,
  // A slot that waits is deleted so long after its start: longer than any schedule's pause, of which the last slot is caught up.
  retentionSeconds: 2 * 366 * 24 * 3600,
  retryLimit: 20,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
} as const;

/** True where the queue's tables are not there, are of another version, or are closed to this login. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && (/not installed|requires migrations/.test(error.message) || NOT_THERE.has(sqlState(error)));

/** What is still of another version after it was prepared belongs to a newer program. */
export function refuseNewer(error: unknown): never {
  if (!isMissing(error)) throw error;
  throw new AuditError('schema-newer', "The queue's tables are of another version than this program's.");
}

// No such table or schema, or no right to them.
const NOT_THERE = new Set(['42P01', '3F000', '42501']);

/** Brings the queue's schema to the engine's version, and lets the worker's login use it. Safe beside another process that does the same. */
export async function prepareQueue({
  line,
  openAdminLine,
}: {
  readonly line: QueueLine;
  readonly openAdminLine: (() => QueueLine) | null;
}): Promise<void> {
  const admin = openAdminLine?.() ?? line;
  try {
    await install(admin);
    if (admin !== line) await admin.executeSql(grants(await loginOf(line)));
  } catch (error) {
    if (sqlState(error) !== '42501') throw error;
    const cause = error instanceof Error ? error.message : '';
    throw new AuditError(
      'database-unprepared',
      `The queue's schema is not prepared, and this login may not: ${cause}.`,
    );
  } finally {
    if (admin !== line) await admin.close();
  }
}

async function install(line: QueueLine): Promise<void> {
  const boss = new PgBoss({ ...BOSS_OPTIONS, db: line, supervise: false });
  // What goes wrong here is thrown as well.
  boss.on('error', () => undefined);
  await boss.start();
  try {
    await boss.createQueue(QUEUE, POLICY);
  } finally {
    await boss.stop({ graceful: false, close: false });
  }
}

async function loginOf(line: QueueLine): Promise<string> {
  const { rows } = await line.executeSql('select quote_ident(session_user) as login');
  return String(rows[0]?.['login']);
}

/** Two that grant at the same time would disturb each other. */
const grants = (login: string): string => `
  begin;
  select pg_advisory_xact_lock(${LOCK});
  grant usage on schema ${SCHEMA} to ${login};
  grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${login};
  grant usage on all sequences in schema ${SCHEMA} to ${login};
  grant execute on all functions in schema ${SCHEMA} to ${login};
  commit;`;
