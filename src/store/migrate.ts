import { AuditError } from '../domain/errors.ts';
import type { Connection, Driver } from './driver.ts';
import type { Migrations } from './migrations.ts';
import { sqlState } from './unreachable.ts';

// Any constant does: it only has to differ from the locks of other programs in the same database.
const LOCK = 7_267_405_126;

/** True where nothing is left to do. Throws `schema-newer`; asks as little of the login as a start may. */
export async function isPrepared(driver: Driver, migrations: Migrations): Promise<boolean> {
  try {
    const books = await driver.transaction(async (connection) => {
      await connection.query(`select set_config('role', 'audit_fleet', true)`);
      return readBooks(connection);
    });
    return judge(books, migrations);
  } catch (error) {
    if (NOT_THERE.has(sqlState(error))) return false;
    throw error;
  }
}

// No such table, schema or role, or no right to them: in each case somebody has to prepare the database first.
const NOT_THERE = new Set(['42P01', '3F000', '22023', '42704', '42501']);

/**
 * Brings a database to the state that `drizzle/` describes, in one transaction under a lock, so that of two processes
 * one waits and then finds nothing to do. `login` is whom to give the worker's roles.
 */
export async function migrate(
  driver: Driver,
  { migrations, login }: { migrations: Migrations; login: string },
): Promise<{ applied: string[] }> {
  try {
    return await driver.transaction(async (connection) => {
      await connection.query('select pg_advisory_xact_lock($1::bigint)', [LOCK]);
      await connection.script(migrations.before);
      const books = await readBooks(connection);
      const done = judge(books, migrations);
      const applied = done ? [] : await apply(connection, migrations, books.tags);
      await admit(connection, login);
      return { applied };
    });
  } catch (error) {
    if (sqlState(error) !== '42501') throw error;
    const cause = error instanceof Error ? error.message : '';
    throw new AuditError('database-unprepared', `The database is not prepared, and this login may not: ${cause}.`);
  }
}

export interface Books {
  readonly tags: readonly string[];
  readonly newest: number;
  readonly hash: string | null;
}

/** What the database says of its own state. */
export const BOOKS = `
  select coalesce(array_agg(tag::text order by made_at), '{}') as tags, coalesce(max(made_at), 0)::float8 as newest,
    (select hash from fleet.prepared) as hash from fleet.migration`;

async function readBooks(connection: Connection): Promise<Books> {
  const { rows } = await connection.query(BOOKS);
  return rows[0] as unknown as Books;
}

/** True where nothing is left to do. Throws `schema-newer`. */
export function judge(books: Books, migrations: Migrations): boolean {
  if (books.newest > migrations.newest) {
    throw new AuditError(
      'schema-newer',
      `The database has the migration ${books.tags.at(-1)}, which is not known here.`,
    );
  }
  return books.hash === migrations.hash;
}

async function apply(connection: Connection, migrations: Migrations, done: readonly string[]): Promise<string[]> {
  const pending = migrations.steps.filter(({ tag }) => !done.includes(tag));
  for (const { statements, tag, hash, madeAt } of pending) {
    await connection.script(statements.join('\n'));
    await connection.query('insert into fleet.migration (tag, hash, made_at) values ($1, $2, $3::bigint)', [
      tag,
      hash,
      madeAt,
    ]);
  }
  await connection.script(migrations.after);
  await connection.query(
    `insert into fleet.prepared (hash) values ($1) on conflict (only_row) do update set hash = excluded.hash, at = now()`,
    [migrations.hash],
  );
  return pending.map(({ tag }) => tag);
}

/** Lets the worker's login step into its two roles, where it cannot yet. */
async function admit(connection: Connection, login: string): Promise<void> {
  // Since 16 a membership may lack the right to SET ROLE. https://www.postgresql.org/docs/16/sql-grant.html
  const { rows } = await connection.query(
    `select format('grant %I to %I', role, $1::text) as statement
     from unnest(array['audit_worker', 'audit_fleet']) as role
     where not (select rolsuper from pg_catalog.pg_roles where rolname = $1)
       and not pg_has_role($1::name, role,
         case when current_setting('server_version_num')::integer >= 160000 then 'SET' else 'MEMBER' end)`,
    [login],
  );
  for (const { statement } of rows) await connection.script(statement as string);
}
