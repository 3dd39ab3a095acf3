import { type SQL, sql } from './sql.ts';
import { AuditError } from '../domain/errors.ts';
import { type Position, START, type Since } from '../domain/position.ts';
import type { Store, Tx } from './db.ts';

const PAGE = 1_000;

/** What one export asks for, settled before its first row is read. */
export interface ExportRange {
  readonly after: Position;
  /** Only what happened from here on; null for no such limit. */
  readonly at: Date | null;
  /** Rows of transactions from this one on are left to the next export. */
  readonly below: string;
}

/**
 * Where an export has to stop: before the oldest transaction that still runs, since that one may yet commit rows before those that
 * are there. Transaction numbers begin anew on another server, so a position or rows with numbers that this one has not reached were
 * brought from elsewhere, and nothing could be said to be complete: throws `position-foreign`.
 */
export async function settleRange(
  store: Store,
  since: Since | null,
  { tenantId }: { tenantId?: string },
): Promise<ExportRange> {
  const after = since !== null && 'after' in since ? since.after : START;
  const [found] = await store.withFleet(
    (tx) =>
      tx.rows<{ below: string; foreign_position: boolean; foreign_rows: boolean }>(sql`
        select greatest(pg_snapshot_xmin(s), ${after.tx}::xid8)::text as below, ${after.tx}::xid8 > pg_snapshot_xmax(s) as foreign_position,
          exists (select 1 from api_call where tx >= pg_snapshot_xmax(s))
            or exists (select 1 from admin_act where tx >= pg_snapshot_xmax(s))
            or exists (select 1 from finding_event where tx >= pg_snapshot_xmax(s)) as foreign_rows
        from pg_current_snapshot() as s`),
    tenantId === undefined ? {} : { tenantId },
  );
  if (found === undefined) throw new Error('Every server has a snapshot.');
  if (found.foreign_position || found.foreign_rows) {
    throw new AuditError(
      'position-foreign',
      `${found.foreign_rows ? 'Rows of the database are' : 'The position is'} ahead of this server, so they come from another one.`,
    );
  }
  return { after, at: since !== null && 'at' in since ? since.at : null, below: found.below };
}

/**
 * All rows of a range in the order of their transactions, page by page: one short transaction each, so memory stays flat and nobody
 * waits for the reader. What is below the range's end neither grows nor changes meanwhile; a month that is pruned is left out.
 */
export async function* inPages<Row extends Position>(
  store: Store,
  { tenantId }: { tenantId?: string },
  range: ExportRange,
  read: (tx: Tx, range: ExportRange, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let { after } = range;
  for (;;) {
    const rows = await store.withFleet(
      async (tx) => {
        await tx.rows(IN_ORDER_OF_THE_INDEX);
        return read(tx, { ...range, after }, PAGE);
      },
      tenantId === undefined ? {} : { tenantId },
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < PAGE) return;
    after = { tx: last.tx, id: last.id };
  }
}

// The planner cannot know how many rows the policies let through, expects a handful, and would read and sort all that is left of the
// range for each page; so the order must come from the index over `tx` and id.
const IN_ORDER_OF_THE_INDEX = sql`select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true)`;

/** The next rows of one table in the range; `id` is the column that orders those of one transaction. */
export const within = ({ after, at, below }: ExportRange, id: SQL, limit: number): SQL => sql`
  where tx < ${below}::xid8 and (tx, ${id}) > (${after.tx}::xid8, ${after.id}) ${at === null ? sql`` : sql`and at >= ${at}`}
  order by tx, ${id} limit ${limit}`;
