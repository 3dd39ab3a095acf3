create view report.tenant_health with (security_invoker = true) as
with findings as (
  select tenant_id,
    count(*) filter (where severity = 'critical')::integer as critical,
    count(*) filter (where severity = 'high')::integer as high,
    count(*) filter (where severity = 'medium')::integer as medium,
    count(*) filter (where severity = 'low')::integer as low
  from audit.finding_line group by tenant_id
)
select t.tenant_id, t.site, t.enabled, latest.outcome, latest.reason, began.last_run_at, success.last_success_at,
  t.next_run_at,
  case
    when t.enabled and t.next_run_at > t.last_slot_at and t.next_run_at < audit.moment()
    -- A run is missed when its successor is due too; until then it may still start within its window.
    then floor(extract(epoch from audit.moment() - t.next_run_at) / extract(epoch from t.next_run_at - t.last_slot_at))::integer
    else 0
  end as missed_runs,
  pages.percent as coverage_percent,
  coalesce(findings.critical, 0) as open_critical, coalesce(findings.high, 0) as open_high,
  coalesce(findings.medium, 0) as open_medium, coalesce(findings.low, 0) as open_low, t.token_expires_at
from audit.tenant t
-- One look into an index each: over all runs of a fleet there would be much to sort.
left join lateral (
  select r.outcome, r.reason from audit.run r
  where r.tenant_id = t.tenant_id and r.job = 'audit' and r.finished_at is not null
  order by r.started_at desc, r.run_id desc limit 1
) as latest on true
left join lateral (
  select r.started_at as last_run_at from audit.run r
  where r.tenant_id = t.tenant_id and r.job = 'audit' order by r.started_at desc limit 1
) as began on true
left join lateral (
  select r.finished_at as last_success_at from audit.run r
  where r.tenant_id = t.tenant_id and r.job = 'audit' and r.outcome = 'complete' order by r.started_at desc limit 1
) as success on true
left join audit.coverage_share pages using (tenant_id)
left join findings using (tenant_id);
comment on view report.tenant_health is 'One row a tenant: is it audited, how well, and what is open.';
