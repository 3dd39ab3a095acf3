-- The reports are made anew each time: CREATE OR REPLACE VIEW cannot insert a column.
drop schema if exists report cascade;
create schema report;
comment on schema report is 'What people read: the stable contract. Columns are only added within a major version.';
grant usage on schema report to audit_worker, audit_fleet, audit_reader;

-- Stands on what is made anew below.
drop view if exists audit.space_score;

-- A finding with its owner's name: what most reports begin with. Not part of the contract.
drop view if exists audit.finding_line;
create view audit.finding_line with (security_invoker = true) as
select f.finding_id, f.tenant_id, f.rule_id, f.severity, f.status, f.confidence, f.reason, f.evidence, f.remediation,
  -- A finding about the tenant itself is about no page.
  nullif(f.space_key, '') as space_key, nullif(f.content_type, '') as content_type, nullif(f.page_id, '') as page_id,
  nullif(f.page_title, '') as page_title, f.page_url, f.subject_type, f.subject_id,
  f.owner_account_id, a.display_name as owner_name, f.first_seen_at, f.last_seen_at, f.reopened_count, f.run_id
from audit.finding f
left join audit.account a on a.tenant_id = f.tenant_id and a.account_id = f.owner_account_id
where f.state = 'open' and not exists (
  -- A mute ends by itself, without an audit in between.
  select 1 from audit.mute m
  where m.tenant_id = f.tenant_id and m.mute_id = f.mute_id and m.ended_at is null and m.expires_at > audit.moment()
);
grant select on audit.finding_line to audit_worker, audit_fleet, audit_reader;

-- The same of what is muted, with the mute. Not part of the contract.
drop view if exists audit.muted_line;
create view audit.muted_line with (security_invoker = true) as
select f.finding_id, f.tenant_id, f.rule_id, f.severity, f.status, f.confidence, f.reason, f.evidence, f.remediation,
  f.space_key, f.content_type, f.page_id, f.page_title, f.page_url, f.subject_type, f.subject_id,
  f.owner_account_id, a.display_name as owner_name, f.first_seen_at, f.last_seen_at, f.reopened_count, f.run_id,
  m.mute_id, m.reason as mute_reason, m.muted_by, m.expires_at as mute_expires_at
from audit.finding f
join audit.mute m on m.tenant_id = f.tenant_id and m.mute_id = f.mute_id and m.ended_at is null and m.expires_at > audit.moment()
left join audit.account a on a.tenant_id = f.tenant_id and a.account_id = f.owner_account_id
where f.state = 'open';
grant select on audit.muted_line to audit_worker, audit_fleet, audit_reader;

-- How a page fares, today and thirty days ago: what the scorecards count. Not part of the contract.
drop view if exists audit.page_health;
create view audit.page_health with (security_invoker = true) as
with grave as (
  select f.tenant_id, f.page_id, f.state = 'open' as open,
    -- What came first after that day says how it stood on it; so history which was pruned does not matter.
    f.first_seen_at <= audit.moment() - interval '30 days' and case (
        select e.event from audit.finding_event e
        where e.tenant_id = f.tenant_id and e.finding_id = f.finding_id and e.at > audit.moment() - interval '30 days'
          and e.event in ('opened', 'reopened', 'resolved', 'out_of_scope')
        order by e.at, e.event_id limit 1)
      when 'resolved' then true when 'out_of_scope' then true when 'opened' then false when 'reopened' then false
      else f.state = 'open' end as open_then
  -- Of the other pages nobody asks it, and they are nine of ten.
  from audit.page r
  join audit.finding f on f.tenant_id = r.tenant_id and f.page_id = r.page_id
  where r.is_runbook and not r.exempt and r.gone_at is null and r.content_type in ('page', 'blogpost')
    and f.severity in ('critical', 'high') and f.page_id <> ''
), ill as (
  select tenant_id, page_id, bool_or(open) as is_ill, bool_or(open_then) as was_ill
  from (
    select tenant_id, page_id, open, open_then from grave
    union all
    select tenant_id, page_id, true, first_seen_at <= audit.moment() - interval '30 days' from audit.unjudged
    where severity in ('critical', 'high')
  ) as told
  group by 1, 2
)
select p.tenant_id, s.key as space_key, p.is_runbook and not p.exempt as runbook,
  p.is_runbook and not p.exempt and not coalesce(ill.is_ill, false) as healthy,
  p.is_runbook and not p.exempt and p.first_seen_at <= audit.moment() - interval '30 days' as runbook_then,
  p.is_runbook and not p.exempt and p.first_seen_at <= audit.moment() - interval '30 days'
    and not coalesce(ill.was_ill, false) as healthy_then
from audit.page p
join audit.space s on s.tenant_id = p.tenant_id and s.space_id = p.space_id and s.state <> 'excluded'
left join ill on ill.tenant_id = p.tenant_id and ill.page_id = p.page_id
where p.gone_at is null and p.content_type in ('page', 'blogpost');
grant select on audit.page_health to audit_worker, audit_fleet, audit_reader;

-- How much of what is known to exist the last walks looked at. Not part of the contract.
drop view if exists audit.coverage_share;
create view audit.coverage_share with (security_invoker = true) as
select tenant_id, floor(100.0 * sum(seen) / nullif(sum(expected), 0))::integer as percent
from (
  -- A space that was not walked to its end counts at least one page that was not seen: never 100 % by not looking.
  select tenant_id, case when state in ('walked', 'partial') then pages_seen else 0 end as seen,
    case when state = 'walked' then pages_seen + missing else greatest(pages_seen + missing + 1, pages_last_time) end as expected
  from audit.space where state in ('walked', 'partial', 'refused', 'gone')
) as spaces
group by tenant_id;
grant select on audit.coverage_share to audit_worker, audit_fleet, audit_reader;
