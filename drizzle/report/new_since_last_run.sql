create view report.new_since_last_run with (security_invoker = true) as
with latest as (
  select t.tenant_id, r.run_id, r.started_at
  from audit.tenant t
  cross join lateral (
    select run_id, started_at from audit.run
    where tenant_id = t.tenant_id and job = 'audit' and finished_at is not null and outcome <> 'skipped'
    order by started_at desc, run_id desc limit 1
  ) as r
)
select f.* from audit.finding_line f
where exists (
  select 1 from latest l
  cross join lateral (
    select finding_id from audit.finding_event
    where tenant_id = l.tenant_id and run_id = l.run_id and at >= l.started_at - interval '7 days'
      and event in ('opened', 'reopened', 'unmuted')
    -- Keeps it a look at one week of each tenant, and not at all events of all.
    offset 0
  ) as e
  where l.tenant_id = f.tenant_id and e.finding_id = f.finding_id
);
comment on view report.new_since_last_run is 'Open findings that the latest finished run of their tenant opened or reopened, or whose mute had ended.';
