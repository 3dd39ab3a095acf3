create view report.coverage with (security_invoker = true) as
select tenant_id, key as space_key, state, pages_seen, pages_last_time, degraded, missing, excluded_because, how_known,
  run_id, listed_at
from audit.space;
comment on view report.coverage is
  'What was looked at, space by space. What is wholly invisible to the account cannot be counted and is not here.';
