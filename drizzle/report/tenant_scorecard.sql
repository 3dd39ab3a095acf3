create view report.tenant_scorecard with (security_invoker = true) as
select tenant_id, sum(pages)::integer as pages, sum(runbooks)::integer as runbooks, sum(healthy)::integer as healthy_runbooks,
  round(sum(healthy)::numeric / nullif(sum(runbooks), 0), 4)::float8 as healthy_share,
  round(sum(healthy_then)::numeric / nullif(sum(runbooks_then), 0), 4)::float8 as healthy_share_30d_ago
from audit.space_score group by 1;
comment on view report.tenant_scorecard is
  'Per tenant: how many runbooks are healthy, which means that no finding of severity critical or high is open on them, muted or not, and no rule of these severities failed to judge them; as of the end of the latest run.';
