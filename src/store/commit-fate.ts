import type { PoolClient } from 'pg';

/** Names a transaction of one history of the server; null where it has written nothing. */
export interface CommitMark {
  readonly xid: string;
  /** A standby that was promoted begins a new one, on which numbers may be given anew. */
  readonly timeline: string;
}

const TIMELINE = `left(pg_walfile_name(pg_current_wal_lsn()), 8)`;

/** Asked right before COMMIT: with it the fate of the transaction can be looked up, should the answer be lost. */
export async function markCommit(client: PoolClient): Promise<CommitMark | null> {
  const { rows } = await client.query<{ xid: string | null; timeline: string | null }>(`
    select x.xid, case when x.xid is not null then ${TIMELINE} end as timeline
    from (select pg_current_xact_id_if_assigned()::text as xid) x`);
  const [mark] = rows;
  return mark?.xid && mark.timeline ? { xid: mark.xid, timeline: mark.timeline } : null;
}

/** What became of it, asked on another connection; `unknown` where this server cannot know. */
export async function commitFate(
  client: PoolClient,
  mark: CommitMark,
): Promise<'committed' | 'aborted' | 'in progress' | 'unknown'> {
  const { rows } = await client.query<{ fate: 'committed' | 'aborted' | 'in progress' | null }>(
    `select case when not pg_is_in_recovery() then case when ${TIMELINE} = $2 then pg_xact_status($1::text::xid8) end end as fate`,
    [mark.xid, mark.timeline],
  );
  return rows[0]?.fate ?? 'unknown';
}
