import { createHash } from 'node:crypto';
import { sql } from './sql.ts';
import { MAX_MUTE_DAYS, type Mute, muteEnd } from '../domain/mute.ts';
import { batch } from './batch.ts';
import type { TenantTx } from './db.ts';

/** A glob as LIKE understands it. */
const like = (glob: string | null): string | null =>
  glob === null
    ? null
    : glob
        .replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
        .replaceAll('*', '%')
        .replaceAll('?', '_');

const rowOf = (mute: Mute, muteId: string, source: 'config' | 'command' | 'baseline') => ({
  muteId,
  source,
  findingId: mute.findingId,
  rule: like(mute.rule),
  space: like(mute.space),
  page: like(mute.page),
  label: like(mute.label),
  reason: mute.reason,
  by: mute.by,
  expiresAt: muteEnd(mute.expires).toISOString(),
});

/** Whether the tenant ever had a mute; they stay when they have ended. */
export const hasMutes = async (tx: TenantTx): Promise<boolean> =>
  (await tx.rows(sql`select 1 from mute where tenant_id = ${tx.tenantId} limit 1`)).length > 0;

/**
 * Brings the mutes of the configuration to what it says: one that it holds no more has ended. None counts for longer than a year from
 * the day on which it was first met.
 */
export async function syncMutes(tx: TenantTx, mutes: readonly Mute[]): Promise<void> {
  const rows = mutes.map((mute) => {
    const name = createHash('sha256').update(JSON.stringify(mute)).digest('hex').slice(0, 16);
    return rowOf(mute, `config:${name}`, 'config');
  });
  await insert(tx, rows);
  await tx.rows(sql`
    update mute m set ended_at = ${tx.now} where m.tenant_id = ${tx.tenantId} and m.source = 'config' and m.ended_at is null
      and not exists (select 1 from jsonb_to_recordset(${batch(rows)}) as x("muteId" text) where x."muteId" = m.mute_id)`);
}

const insert = (tx: TenantTx, rows: readonly ReturnType<typeof rowOf>[]): Promise<unknown> =>
  tx.rows(sql`
    insert into mute as m (tenant_id, mute_id, source, finding_id, rule, space, page, label, reason, muted_by, created_at, expires_at)
    select ${tx.tenantId}, "muteId", source, "findingId", rule, space, page, label, reason, by, ${tx.now},
      least("expiresAt", ${tx.now} + ${`${MAX_MUTE_DAYS + 1} days`}::interval)
    from jsonb_to_recordset(${batch(rows)}) as x("muteId" text, source text, "findingId" text, rule text, space text, page text,
      label text, reason text, by text, "expiresAt" timestamptz)
    on conflict (tenant_id, mute_id) do update set ended_at = null where m.ended_at is not null`);

/** Adds the mute of a command; a baseline takes all that is open and not muted now, and its number comes back. */
export async function addMute(
  tx: TenantTx,
  { mute, muteId, source }: { mute: Mute; muteId: string; source: 'command' | 'baseline' },
): Promise<number> {
  await insert(tx, [rowOf(mute, muteId, source)]);
  if (source === 'command') return 0;
  const taken = await tx.rows(sql`
    with taken as (
      update finding set mute_id = ${muteId} where tenant_id = ${tx.tenantId} and state = 'open' and mute_id is null
      returning finding_id, rule_id
    )
    insert into finding_event (tenant_id, at, event_id, finding_id, rule_id, event, note)
    select ${tx.tenantId}, ${tx.now}, ${muteId} || ':muted:' || finding_id, finding_id, rule_id, 'muted',
      ${`${mute.reason} (baseline by ${mute.by}, until ${mute.expires})`} from taken
    returning event_id`);
  return taken.length;
}

/** Ends mutes by their id or that of their finding; returns how many. Mutes of the configuration end there. */
export async function endMutes(tx: TenantTx, { id, by }: { id: string; by: string }): Promise<number> {
  const ended = await tx.rows(sql`
    update mute set ended_at = ${tx.now}, ended_by = ${by}
    where tenant_id = ${tx.tenantId} and source <> 'config' and ended_at is null and (mute_id = ${id} or finding_id = ${id})
    returning mute_id`);
  return ended.length;
}

export interface SettledMutes {
  readonly muted: number;
  readonly unmuted: number;
  /** Mutes in force that hold nothing. */
  readonly unused: readonly { readonly muteId: string; readonly reason: string }[];
}

/** Brings every open finding under the mute that holds it longest, or from under one that has ended, each change with its row of history. */
export async function settleMutes(tx: TenantTx, runId: string | null): Promise<SettledMutes> {
  const changes = await tx.rows<{ event: string; findings: number }>(sql`
with active as (
  select * from mute where tenant_id = ${tx.tenantId} and ended_at is null and expires_at > ${tx.now}
), held as (
  select distinct on (f.finding_id) f.finding_id, m.mute_id, m.reason, m.muted_by, m.expires_at
  from finding f join active m
    on (m.finding_id is null or m.finding_id = f.finding_id) and (m.source <> 'baseline' or m.mute_id = f.mute_id)
    and (m.rule is null or f.rule_id ilike m.rule) and (m.space is null or f.space_key ilike m.space)
    and (m.page is null or f.page_id ilike m.page)
    and (m.label is null or exists (
      select 1 from page p cross join lateral jsonb_array_elements(p.labels) l
      where p.tenant_id = f.tenant_id and p.page_id = f.page_id and l ->> 'name' ilike m.label))
  where f.tenant_id = ${tx.tenantId} and f.state = 'open'
  order by f.finding_id, m.expires_at desc, m.mute_id
), moved as (
  select f.finding_id, f.rule_id, f.state, f.mute_id as old_id, h.mute_id as new_id, h.reason, h.muted_by, h.expires_at
  from finding f left join held h using (finding_id)
  where f.tenant_id = ${tx.tenantId} and f.mute_id is distinct from h.mute_id
), saved as (
  update finding f set mute_id = m.new_id from moved m where f.tenant_id = ${tx.tenantId} and f.finding_id = m.finding_id
), counted as (
  update mute m set matched = (select count(*) from held h where h.mute_id = m.mute_id)
  from active a where m.tenant_id = ${tx.tenantId} and m.mute_id = a.mute_id
), told as (
  select moved.finding_id, moved.rule_id, case when new_id is null then 'unmuted' else 'muted' end as event,
    case when new_id is not null then moved.reason || ' (by ' || moved.muted_by || ', until ' || to_char(moved.expires_at - interval '1 second', 'YYYY-MM-DD') || ')'
      when o.ended_at is not null then 'The mute by ' || o.muted_by || ' was lifted' || coalesce(' by ' || o.ended_by, '') || '.'
      when o.expires_at <= ${tx.now} then 'The mute by ' || o.muted_by || ' ended on ' || to_char(o.expires_at - interval '1 second', 'YYYY-MM-DD') || '.'
      else 'The mute by ' || o.muted_by || ' holds it no more.' end as note
  from moved left join mute o on o.tenant_id = ${tx.tenantId} and o.mute_id = moved.old_id
  where moved.state = 'open' and (moved.old_id is null or moved.new_id is null)
), history as (
  insert into finding_event (tenant_id, at, event_id, finding_id, rule_id, event, run_id, note)
  select ${tx.tenantId}, ${tx.now}, coalesce(${runId}::text, 'by hand') || ':' || event || ':' || finding_id, finding_id, rule_id, event, ${runId}, note
  from told
)
select event, count(*)::int as findings from told group by event`);
  const unused = await tx.rows<{ muteId: string; reason: string }>(sql`
    select mute_id as "muteId", reason from mute
    where tenant_id = ${tx.tenantId} and ended_at is null and expires_at > ${tx.now} and matched = 0 order by mute_id`);
  const of = (event: string): number => changes.find((each) => each.event === event)?.findings ?? 0;
  return { muted: of('muted'), unmuted: of('unmuted'), unused };
}
