import { type SQL, sql } from './sql.ts';
import { PgDialect } from 'drizzle-orm/pg-core/dialect';
import { AuditError } from '../domain/errors.ts';
import { list } from './batch.ts';
import type { Store } from './db.ts';
import type { Driver, Result } from './driver.ts';
import { createPostgresDriver } from './postgres.ts';
import { ORDER, printable, type ReportView } from './report-views.ts';

/** What rows have to be: a column, and the values of which it is one. */
export type Where = Readonly<Record<string, readonly string[]>>;

interface Asked {
  readonly where?: Where;
  readonly limit: number;
  readonly offset?: number;
}

interface ReportPage {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Whether rows follow. */
  readonly more: boolean;
}

/** Reads report views and nothing else, as whoever it was opened for. */
export interface ReportReader {
  page(view: ReportView, asked: Asked): Promise<ReportPage>;
  /** What each view and column means, in the words of the database. */
  describe(): Promise<
    readonly { readonly view: string; readonly about: string; readonly columns: Readonly<Record<string, string>> }[]
  >;
  close(): Promise<void>;
}

/** An analyst's query that takes longer is wrong. */
const LONGEST = '15s';

/** Whether a login may use the program's own doors; one that may not is somebody with grants of his own, or nobody. */
export async function mayUseDoors(url: string): Promise<boolean> {
  const driver = createPostgresDriver({ url, connections: 1 });
  try {
    const { rows } = await driver.transaction((connection) =>
      connection.query(
        `select exists (select 1 from pg_catalog.pg_roles where rolname = 'audit_fleet' and pg_has_role(session_user, oid, 'member')) as doors,
           not exists (select 1 from pg_catalog.pg_roles where rolname = 'audit_reader' and pg_has_role(session_user, oid, 'usage')) as stranger,
           session_user::text as login`,
      ),
    );
    const [{ doors, stranger, login } = {}] = rows;
    if (doors !== true && stranger === true)
      throw new AuditError(
        'forbidden',
        `The database role ${JSON.stringify(login)} reads no reports: \`npm run tenants -- grant-reader\` maps it to tenants.`,
      );
    return doors === true;
  } finally {
    await driver.close();
  }
}

/** Reads as the login itself: row-level security shows it the tenants that it was granted. With `tenantId` of those only this one. */
export function openReader(url: string, tenantId: string | null): ReportReader {
  const driver = createPostgresDriver({ url, connections: 2 });
  return readerOver(
    (statement) => readOnly(driver, statement),
    tenantId,
    () => driver.close(),
  );
}

/** The same through the fleet's door, for the program's own login and the embedded database; closing closes the store. */
export const storeReader = (store: Store, tenantId: string | null): ReportReader =>
  readerOver(
    (statement) => store.withFleet((tx) => tx.result(statement), tenantId === null ? {} : { tenantId }),
    tenantId,
    () => store.close(),
  );

function readOnly(driver: Driver, statement: SQL): Promise<Result> {
  const { sql: text, params } = new PgDialect().sqlToQuery(statement);
  return driver.transaction(async (connection) => {
    await connection.script(
      `set transaction read only; set local timezone = 'UTC'; set local datestyle = 'ISO, YMD';
       set local search_path = pg_catalog, pg_temp; set local statement_timeout = '${LONGEST}'`,
    );
    return connection.query(text, params);
  });
}

function readerOver(
  ask: (statement: SQL) => Promise<Result>,
  tenantId: string | null,
  close: () => Promise<void>,
): ReportReader {
  const conditions = (where: Where): SQL => {
    const wanted = tenantId === null ? [where] : [where, { tenant_id: [tenantId] }];
    const all = wanted
      .flatMap((each) => Object.entries(each))
      .map(([column, values]) => sql`${sql.identifier(column)} = any(${list(values)})`);
    return all.length === 0 ? sql`` : sql`where ${sql.join(all, sql` and `)}`;
  };
  return {
    async page(view, { where = {}, limit, offset = 0 }) {
      const { rows, fields } = await ask(sql`
        select * from ${sql.identifier('report')}.${sql.identifier(view)} ${conditions(where)}
        order by ${sql.raw(ORDER[view])} limit ${limit + 1} offset ${offset}`);
      const told = rows
        .slice(0, limit)
        .map((row) => Object.fromEntries(fields.map(({ name, type }) => [name, printable(row[name], type)])));
      return { rows: told, more: rows.length > limit };
    },
    async describe() {
      const { rows } = await ask(sql`
        select c.relname::text as view, coalesce(obj_description(c.oid, 'pg_class'), '') as about,
          jsonb_object_agg(a.attname, coalesce(col_description(c.oid, a.attnum), '') order by a.attnum) as columns
        from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = to_regnamespace('report') and c.relkind = 'v' group by c.oid, c.relname order by c.relname`);
      return rows as unknown as Awaited<ReturnType<ReportReader['describe']>>;
    },
    close,
  };
}
