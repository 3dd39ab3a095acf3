import { type SQL, sql } from './sql.ts';
import { type AlertEvent, type AlertFinding, EVENT_OF_RULE } from '../domain/alert.ts';
import { SEVERITIES, type Severity, rank } from '../domain/severity.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';

/** What a receiver wants to hear, and whose findings go to their owners instead. */
export interface Interest {
  readonly on: readonly AlertEvent[];
  readonly minSeverity: Severity;
  /** Account ids. */
  readonly owners: readonly string[];
}

type Kind = AlertEvent;

/** The events name their run; the bound only spares old partitions. So wide because a clock may be set back in the middle of a run. */
const CLOCK_SLACK = sql.raw(`interval '7 days'`);

/** How many changes of these runs there are to tell, for each owner that gets a message (`''` for everybody) and each kind. */
export const countChanges = (
  tx: TenantTx,
  runIds: readonly string[],
  interest: Interest,
): Promise<{ owner: string; kind: Kind; count: number }[]> =>
  tx.rows(sql`${changes(tx, runIds, interest)}
    select owner, kind, count(*)::int as count from chosen where kind is not null group by owner, kind order by owner, kind`);

/** The worst of them for one owner, so many of each kind. */
export const listChanges = (
  tx: TenantTx,
  runIds: readonly string[],
  interest: Interest,
  { owner, most }: { readonly owner: string; readonly most: number },
): Promise<(AlertFinding & { readonly kind: Kind })[]> =>
  tx.rows(sql`${changes(tx, runIds, interest)}, placed as (
      select chosen.*, row_number() over (partition by kind order by severity_rank, space_key, page_title collate "C", finding_id) as place
      from chosen where kind is not null and owner = ${owner}
    )
    select p.kind, p.finding_id as "findingId", p.rule_id as "ruleId", p.severity, nullif(p.page_title, '') as "pageTitle",
      p.page_url as "pageUrl", nullif(p.space_key, '') as "spaceKey", a.display_name as "ownerName", p.reason
    from placed p left join account a on a.tenant_id = p.tenant_id and a.account_id = p.owner_account_id
    where p.place <= ${most} order by p.kind, p.place`);

/**
 * The findings that these runs changed, as they stand now: what was mended in the meantime is not new, and what came and went between two
 * messages is not told at all.
 */
function changes(tx: TenantTx, runIds: readonly string[], { on, minSeverity, owners }: Interest): SQL {
  const asked = (event: AlertEvent): boolean => on.includes(event);
  const ofRule = Object.entries(EVENT_OF_RULE).filter(([, event]) => asked(event));
  const runs = list(runIds);
  return sql`
with moved as (
  select e.finding_id, bool_or(e.event in ('opened', 'reopened', 'unmuted')) as came, bool_or(e.event = 'resolved') as went,
    min(case when e.event = 'severity_changed' then ${rankOf(sql`split_part(e.note, ' -> ', 1)`)} end) as was
  from finding_event e
  where e.tenant_id = ${tx.tenantId} and e.run_id = any(${runs})
    and e.at >= (select min(r.started_at) - ${CLOCK_SLACK} from run r where r.tenant_id = ${tx.tenantId} and r.run_id = any(${runs}))
    and e.event in ('opened', 'reopened', 'unmuted', 'severity_changed', 'resolved')
  group by e.finding_id
), known as (
  select f.*, m.came, m.went, m.was, ${rankOf(sql`f.severity`)} as severity_rank,
    f.state = 'open' and not exists (
      select 1 from mute u where u.tenant_id = f.tenant_id and u.mute_id = f.mute_id and u.ended_at is null and u.expires_at > ${tx.now}
    ) as shown,
    jsonb_extract_path_text(${JSON.stringify(Object.fromEntries(ofRule))}::jsonb, f.rule_id) as of_rule
  from moved m join finding f on f.tenant_id = ${tx.tenantId} and f.finding_id = m.finding_id
), sorted as (
  select known.*, case
      when shown and of_rule is not null and (came or severity_rank < was) then of_rule
      when severity_rank > ${rank(minSeverity)} then null
      when shown and ${asked('new')} and (came or was > ${rank(minSeverity)}) then 'new'
      when state = 'resolved' and ${asked('resolved')} and went and not came then 'resolved'
    end as kind
  from known
), chosen as (
  select sorted.*, case when owner_account_id = any(${list(owners)}) and kind in ('new', 'resolved') then owner_account_id else '' end as owner
  from sorted
)`;
}

/** 0 for the worst, as in the program. */
const rankOf = (severity: SQL): SQL => sql`array_position(${list(SEVERITIES)}, ${severity}::text) - 1`;
