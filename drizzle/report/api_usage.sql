create view report.api_usage with (security_invoker = true) as
with minutes as (
  select tenant_id, date_trunc('minute', at) as minute, sum(attempts) as requests, sum(throttled) as throttled
  from audit.api_call group by 1, 2
), days as (
  select tenant_id, (minute at time zone 'UTC')::date as day, sum(requests) as requests, sum(throttled) as throttled,
    max(requests) / 60.0 as busiest_rate
  from minutes group by 1, 2
), runs as (
  select tenant_id, (started_at at time zone 'UTC')::date as day, sum(points) as points,
    (array_agg(estimated_rate order by started_at desc) filter (where estimated_rate is not null))[1] as estimated_rate
  from audit.run group by 1, 2
)
select d.tenant_id, d.day, d.requests::integer as requests, d.throttled::integer as throttled,
  (d.throttled / nullif(d.requests, 0))::double precision as throttled_share,
  coalesce(r.points, 0)::integer as points, r.estimated_rate,
  (d.busiest_rate / nullif(r.estimated_rate, 0))::double precision as estimated_rate_used
from days d
left join runs r on r.tenant_id = d.tenant_id and r.day = d.day;
comment on view report.api_usage is 'Requests of each day (UTC), and how much of the estimated rate its busiest minute used.';
