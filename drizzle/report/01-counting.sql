-- What reports of fleets count, for one tenant and from the rows themselves. The end of each run keeps what these functions say in tables
-- (src/store/counts.ts); of a tenant that has not been counted yet the views ask them. Not part of the contract.
drop function if exists audit.count_spaces(text);
create function audit.count_spaces(wanted text)
  returns table (tenant_id text, space_key text, pages integer, runbooks integer, healthy integer, runbooks_then integer, healthy_then integer)
  language sql stable parallel safe
as $$
  select wanted, space_key, count(*)::integer, (count(*) filter (where runbook))::integer, (count(*) filter (where healthy))::integer,
    (count(*) filter (where runbook_then))::integer, (count(*) filter (where healthy_then))::integer
  from audit.page_health h where h.tenant_id = wanted group by space_key
$$;

drop function if exists audit.count_days(text);
create function audit.count_days(wanted text)
  returns table (tenant_id text, day date, severity text, open integer, opened integer, resolved integer)
  language sql stable parallel safe
as $$
  with changes as (
    select (e.at at time zone 'UTC')::date as day, f.severity,
      count(*) filter (where e.event in ('opened', 'reopened')) as opened,
      count(*) filter (where e.event = 'resolved') as resolved,
      count(*) filter (where e.event = 'out_of_scope') as dropped
    from audit.finding_event e
    join audit.finding f on f.tenant_id = e.tenant_id and f.finding_id = e.finding_id
    where e.tenant_id = wanted and e.event in ('opened', 'reopened', 'resolved', 'out_of_scope')
    group by 1, 2
  ), days as (
    select o.severity, o.open, d.day::date as day
    from (
      select severity, count(*) filter (where state = 'open') as open from audit.finding f where f.tenant_id = wanted group by 1
    ) as o
    cross join lateral generate_series(
      (select min(day) from changes)::timestamp, (audit.moment() at time zone 'UTC')::date::timestamp, interval '1 day'
    ) as d(day)
  )
  -- Counted back from what is open now, so that history which was pruned does not shift the rest.
  select wanted, d.day, d.severity,
    (d.open - coalesce(sum(coalesce(c.opened, 0) - coalesce(c.resolved, 0) - coalesce(c.dropped, 0)) over (
      partition by d.severity order by d.day desc rows between unbounded preceding and 1 preceding
    ), 0))::integer,
    coalesce(c.opened, 0)::integer, coalesce(c.resolved, 0)::integer
  from days d
  left join changes c on c.day = d.day and c.severity = d.severity
$$;

-- `since` is the beginning of a day (UTC).
drop function if exists audit.count_usage(text, timestamptz);
create function audit.count_usage(wanted text, since timestamptz)
  returns table (
    tenant_id text, day date, requests integer, throttled integer, points integer, busiest_minute integer, estimated_rate double precision)
  language sql stable parallel safe
as $$
  with minutes as (
    select date_trunc('minute', at) as minute, sum(attempts) as requests, sum(throttled) as throttled
    from audit.api_call a where a.tenant_id = wanted and a.at >= since group by 1
  ), days as (
    select (minute at time zone 'UTC')::date as day, sum(requests) as requests, sum(throttled) as throttled, max(requests) as busiest
    from minutes group by 1
  ), runs as (
    select (started_at at time zone 'UTC')::date as day, sum(points) as points,
      (array_agg(estimated_rate order by started_at desc) filter (where estimated_rate is not null))[1] as estimated_rate
    from audit.run r where r.tenant_id = wanted and r.started_at >= since group by 1
  )
  select wanted, d.day, d.requests::integer, d.throttled::integer, coalesce(r.points, 0)::integer, d.busiest::integer, r.estimated_rate
  from days d
  left join runs r on r.day = d.day
$$;

-- The spaces of all tenants, as counted or as they are. Not part of the contract.
create view audit.space_score with (security_invoker = true) as
select tenant_id, space_key, pages, runbooks, healthy, runbooks_then, healthy_then from audit.space_count
union all
select c.tenant_id collate "C", c.space_key collate "C", c.pages, c.runbooks, c.healthy, c.runbooks_then, c.healthy_then
from audit.tenant t cross join lateral audit.count_spaces(t.tenant_id) c
where t.counted_at is null;
grant select on audit.space_score to audit_worker, audit_fleet, audit_reader;
