create view report.daily_trend with (security_invoker = true) as
-- Asked twice, which is still less than all tenants' for one: what is materialized knows no condition from outside.
with changes as not materialized (
  select e.tenant_id, (e.at at time zone 'UTC')::date as day, f.severity,
    count(*) filter (where e.event in ('opened', 'reopened')) as opened,
    count(*) filter (where e.event = 'resolved') as resolved,
    count(*) filter (where e.event = 'out_of_scope') as dropped
  from audit.finding_event e
  join audit.finding f on f.tenant_id = e.tenant_id and f.finding_id = e.finding_id
  where e.event in ('opened', 'reopened', 'resolved', 'out_of_scope')
  group by 1, 2, 3
), open_now as (
  select tenant_id, severity, count(*) filter (where state = 'open') as open from audit.finding group by 1, 2
), days as (
  select o.tenant_id, o.severity, o.open, d.day::date as day
  from open_now o
  join (select tenant_id, min(day) as first_day from changes group by 1) s on s.tenant_id = o.tenant_id
  cross join lateral generate_series(
    s.first_day::timestamp, (audit.moment() at time zone 'UTC')::date::timestamp, interval '1 day'
  ) as d(day)
)
-- Counted back from what is open now, so that history which was pruned does not shift the rest.
select d.tenant_id, d.day, d.severity,
  (d.open - coalesce(sum(coalesce(c.opened, 0) - coalesce(c.resolved, 0) - coalesce(c.dropped, 0)) over (
    partition by d.tenant_id, d.severity order by d.day desc rows between unbounded preceding and 1 preceding
  ), 0))::integer as open,
  coalesce(c.opened, 0)::integer as opened, coalesce(c.resolved, 0)::integer as resolved
from days d
left join changes c on c.tenant_id = d.tenant_id and c.day = d.day and c.severity = d.severity;
comment on view report.daily_trend is
  'Open findings at the end of each day (UTC) by their present severity, muted ones included, and what was opened and resolved that day.';
