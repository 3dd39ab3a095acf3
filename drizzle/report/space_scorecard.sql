create view report.space_scorecard with (security_invoker = true) as
select tenant_id, space_key, pages, runbooks, healthy as healthy_runbooks,
  round(healthy::numeric / nullif(runbooks, 0), 4)::float8 as healthy_share,
  round(healthy_then::numeric / nullif(runbooks_then, 0), 4)::float8 as healthy_share_30d_ago
from audit.space_score;
comment on view report.space_scorecard is
  'Per space: how many runbooks are healthy, which means that no finding of severity critical or high is open on them, muted or not, and no rule of these severities failed to judge them; as of the end of the latest run.';
