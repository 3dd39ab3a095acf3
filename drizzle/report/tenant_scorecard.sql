create view report.tenant_scorecard with (security_invoker = true) as
select tenant_id, count(*)::integer as pages, (count(*) filter (where runbook))::integer as runbooks,
  (count(*) filter (where healthy))::integer as healthy_runbooks,
  round(count(*) filter (where healthy)::numeric / nullif(count(*) filter (where runbook), 0), 4)::float8 as healthy_share,
  round(count(*) filter (where healthy_then)::numeric / nullif(count(*) filter (where runbook_then), 0), 4)::float8
    as healthy_share_30d_ago
from audit.page_health group by 1;
comment on view report.tenant_scorecard is
  'Per tenant: how many runbooks are healthy, which means that no finding of severity critical or high is open on them, muted or not, and no rule of these severities failed to judge them.';
