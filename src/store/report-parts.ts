import { type SQL, sql } from 'drizzle-orm/sql';
import type { ReportContent } from './report-content.ts';

interface Measure {
  readonly findings: number;
  readonly edges: readonly number[];
  /** False where the report is of one tenant, whose trend is then the only one. */
  readonly fleet: boolean;
}

const TREND_DAYS = 90;
const RUNS_EACH = 14;
const bySeverity = sql.raw(`array_position(array['critical', 'high', 'medium', 'low', 'info'], severity::text)`);
const chosen = sql.raw('tenant_id in (select id from chosen)');
const trendDays = sql`day > (moment.at at time zone 'UTC')::date - ${TREND_DAYS}::int and day <= (moment.at at time zone 'UTC')::date`;

/** The parts of the whole report as queries over the views; `tenant`, `chosen` and `moment` stand before them. */
export const REPORT_PARTS = ({ findings, edges, fleet }: Measure): Readonly<Record<keyof ReportContent, SQL>> => ({
  tenants: sql`select * from tenant order by id`,
  chosen: sql`select id from chosen join tenant using (id) order by id`,
  spaces: sql`
    select tenant_id as "tenantId", space_key as key, state, pages_seen as "pagesSeen", pages_last_time as "pagesLastTime", degraded,
      missing, excluded_because as "excludedBecause", how_known as "howKnown", listed_at as "listedAt",
      coalesce(runbooks, 0) as runbooks, coalesce(healthy_runbooks, 0) as healthy,
      healthy_share as share, healthy_share_30d_ago as "shareThen"
    from report.coverage left join report.space_scorecard using (tenant_id, space_key)
    where ${chosen} order by tenant_id, space_key`,
  counts: sql`
    select tenant_id as "tenantId", space_key as space, rule_id as rule, severity, count(*)::int as open
    from report.open_findings where ${chosen} group by 1, 2, 3, 4
    order by 1, 2, 3, 4`,
  fleetCounts: sql`
    select rule_id as rule, severity, count(*)::int as open from report.open_findings group by 1, 2 order by 1, 2`,
  owners: sql`
    select tenant_id as "tenantId", owner_account_id as "ownerId", owner_name as name, severity, count(*)::int as open
    from report.open_findings where ${chosen} group by 1, 2, 3, 4
    order by tenant_id, owner_name collate "C", owner_account_id, severity`,
  findings: sql`
    select finding_id as id, tenant_id as "tenantId", rule_id as rule, severity, status, confidence, reason, remediation,
      space_key as space, page_title as title, page_url as url, subject_type as subject, owner_account_id as "ownerId",
      owner_name as owner, first_seen_at as since
    from report.open_findings where ${chosen}
    order by ${bySeverity}, status, first_seen_at, finding_id limit ${findings}`,
  trend: sql`
    select tenant_id as "tenantId", day, severity, open from report.daily_trend cross join moment
    where ${chosen} and ${trendDays}
    union all
    select null, day, severity, sum(open)::int from report.daily_trend cross join moment
    where ${fleet} and ${trendDays} group by day, severity
    order by 1 nulls first, 2, 3`,
  ages: sql`
    select p.tenant_id as "tenantId", width_bucket(
        floor(extract(epoch from tenant."asOf" - p.fresh_at) / 86400)::int, ${`{${edges.join()}}`}::int[]) as bucket,
      count(*)::int as runbooks
    from page p
    join space s on s.tenant_id = p.tenant_id and s.space_id = p.space_id and s.state <> 'excluded'
    join tenant on tenant.id = p.tenant_id
    where p.is_runbook and not p.exempt and p.gone_at is null
      and p.content_type in ('page', 'blogpost')
    group by 1, 2 order by 1, 2`,
  unjudged: sql`
    select tenant_id as "tenantId", rule_id as rule, status, reason, count(*)::int as subjects,
      min(page_title collate "C") as title, min(page_url collate "C") as url
    from report.unjudged where ${chosen} group by 1, 2, 3, 4
    order by tenant_id, subjects desc, rule_id, status, reason collate "C"`,
  muted: sql`
    select tenant_id as "tenantId", mute_reason as reason, muted_by as by, mute_expires_at as until, count(*)::int as findings
    from report.muted_findings where ${chosen} group by 1, 2, 3, 4 order by tenant_id, mute_expires_at, mute_reason collate "C", muted_by collate "C"`,
  runs: sql`
    select tenant_id as "tenantId", started_at as "startedAt", outcome, reason from (
      select tenant_id, run_id, started_at, outcome, reason,
        row_number() over (partition by tenant_id order by started_at desc, run_id desc) as nth
      from report.run_log where finished_at is not null and ${chosen}
    ) as latest where nth <= ${RUNS_EACH} order by tenant_id, started_at, run_id`,
});

/** A row for every tenant: what the parts and the bounds stand on. */
export const TENANTS = sql`
  with latest as (
    select distinct on (tenant_id) tenant_id, finished_at from report.run_log
    where finished_at is not null and outcome <> 'skipped' order by tenant_id, started_at desc, run_id desc
  ), fresh as (select tenant_id, count(*)::int as n from report.new_since_last_run group by 1
  ), unjudged as (select tenant_id, count(*)::int as n from report.unjudged group by 1
  ), muted as (select tenant_id, count(*)::int as n from report.muted_findings group by 1
  ), planned as (select tenant_id, count(*)::int as n from report.planned_actions group by 1
  ), info as (select tenant_id, count(*)::int as n from report.open_findings where severity = 'info' group by 1)
  select h.tenant_id as id, h.site, h.enabled, h.outcome, h.reason, latest.finished_at as "asOf", h.last_success_at as "lastSuccessAt",
    h.next_run_at as "nextRunAt", h.missed_runs as "missedRuns", h.coverage_percent as coverage, h.token_expires_at as "tokenExpiresAt",
    coalesce(c.pages, 0) as pages, coalesce(c.runbooks, 0) as runbooks, coalesce(c.healthy_runbooks, 0) as healthy,
    c.healthy_share as share, c.healthy_share_30d_ago as "shareThen",
    h.open_critical as critical, h.open_high as high, h.open_medium as medium, h.open_low as low, coalesce(info.n, 0) as info,
    coalesce(fresh.n, 0) as fresh, coalesce(unjudged.n, 0) as unjudged, coalesce(muted.n, 0) as muted, coalesce(planned.n, 0) as planned
  from report.tenant_health h
  left join report.tenant_scorecard c using (tenant_id)
  left join latest using (tenant_id)
  left join fresh using (tenant_id)
  left join unjudged using (tenant_id)
  left join muted using (tenant_id)
  left join planned using (tenant_id)
  left join info using (tenant_id)`;
