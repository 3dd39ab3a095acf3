create view report.run_log with (security_invoker = true) as
select run_id, tenant_id, mode, trigger, outcome, reason, started_at, finished_at, spaces, pages_seen, pages_changed,
  requests, throttled, round(waited_ms / 1000.0)::integer as waited_seconds, points, findings_new, findings_resolved,
  writes_planned, writes_done, estimated_requests, job
from audit.run;
comment on view report.run_log is 'Every run; outcome is null while it runs.';
