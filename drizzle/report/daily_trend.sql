create view report.daily_trend with (security_invoker = true) as
select tenant_id, day, severity, open, opened, resolved from audit.finding_day
union all
-- Since the last run nothing has changed.
select t.tenant_id, d.day::date, k.severity, k.open, 0, 0
from (
  select tenant_id, (counted_at at time zone 'UTC')::date as last, (audit.moment() at time zone 'UTC')::date as today from audit.tenant
) as t
cross join lateral (
  select severity, open from audit.finding_day where tenant_id = t.tenant_id and day = t.last
  -- Keeps it a look into an index for each tenant.
  offset 0
) as k
cross join lateral generate_series(t.last + interval '1 day', t.today::timestamp, interval '1 day') as d(day)
where t.last < t.today
union all
select c.tenant_id collate "C", c.day, c.severity collate "C", c.open, c.opened, c.resolved
from audit.tenant t cross join lateral audit.count_days(t.tenant_id) c
where t.counted_at is null;
comment on view report.daily_trend is
  'Open findings at the end of each day (UTC) by their present severity, muted ones included, and what was opened and resolved that day; as of the end of the latest run.';
