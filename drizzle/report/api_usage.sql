create view report.api_usage with (security_invoker = true) as
select tenant_id, day, requests, throttled, (throttled::numeric / nullif(requests, 0))::double precision as throttled_share,
  points, estimated_rate, (busiest_minute / 60.0 / nullif(estimated_rate, 0))::double precision as estimated_rate_used
from (
  select tenant_id, day, requests, throttled, points, busiest_minute, estimated_rate from audit.usage_day
  union all
  select c.tenant_id collate "C", c.day, c.requests, c.throttled, c.points, c.busiest_minute, c.estimated_rate
  from audit.tenant t cross join lateral audit.count_usage(t.tenant_id, '-infinity') c
  where t.counted_at is null
) as days;
comment on view report.api_usage is
  'Requests of each day (UTC), and how much of the estimated rate its busiest minute used; as of the end of the latest run.';
