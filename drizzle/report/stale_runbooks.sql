create view report.stale_runbooks with (security_invoker = true) as
select f.*, p.fresh_at, p.fresh_because,
  greatest(0, floor(extract(epoch from audit.moment() - p.fresh_at) / 86400))::integer as age_days,
  case when jsonb_typeof(f.evidence -> 'fail_days') = 'number' then (f.evidence ->> 'fail_days')::integer end as fail_days,
  (
    select max(w.executed_at) from audit.page_write w
    where w.tenant_id = f.tenant_id and w.finding_id = f.finding_id
      and w.action = 'add-label' and w.state = 'done' and w.undone_at is null
  ) as labelled_at
from audit.finding_line f
left join audit.page p on p.tenant_id = f.tenant_id and p.page_id = f.page_id
where f.rule_id = 'stale-runbook';
comment on view report.stale_runbooks is 'Open findings of stale-runbook, with the event that set each clock.';
