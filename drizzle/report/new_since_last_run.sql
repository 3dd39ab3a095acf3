create view report.new_since_last_run with (security_invoker = true) as
with latest as (
  select distinct on (tenant_id) tenant_id, run_id, started_at
  from audit.run
  where job = 'audit' and finished_at is not null and outcome <> 'skipped'
  order by tenant_id, started_at desc, run_id desc
)
select f.* from audit.finding_line f
where exists (
  select 1 from latest l
  join audit.finding_event e on e.tenant_id = l.tenant_id and e.run_id = l.run_id and e.at >= l.started_at - interval '7 days'
  where l.tenant_id = f.tenant_id and e.finding_id = f.finding_id and e.event in ('opened', 'reopened', 'unmuted')
);
comment on view report.new_since_last_run is 'Open findings that the latest finished run of their tenant opened or reopened, or whose mute had ended.';
