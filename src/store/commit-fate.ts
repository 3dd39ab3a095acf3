import type { Connection } from './driver.ts';

/** Names a transaction of one history of the server. */
export interface CommitMark {
  readonly xid: string;
  /** A standby that was promoted begins a new one, on which numbers may be given anew. */
  readonly timeline: string;
}

const TIMELINE = `left(pg_walfile_name(pg_current_wal_lsn()), 8)`;

/** The columns of a mark, asked for when a transaction begins: before COMMIT it would be another message. A standby gives none. */
export const MARK = `case when not pg_is_in_recovery() then pg_current_xact_id()::text end as xid,
  case when not pg_is_in_recovery() then ${TIMELINE} end as timeline`;

/** What became of it, asked on another connection; `unknown` where this server cannot know. */
export async function commitFate(
  connection: Connection,
  mark: CommitMark,
): Promise<'committed' | 'aborted' | 'in progress' | 'unknown'> {
  const { rows } = await connection.query(
    `select case when not pg_is_in_recovery() then case when ${TIMELINE} = $2 then pg_xact_status($1::text::xid8) end end as fate`,
    [mark.xid, mark.timeline],
  );
  const [found] = rows as { fate: 'committed' | 'aborted' | 'in progress' | null }[];
  return found?.fate ?? 'unknown';
}
