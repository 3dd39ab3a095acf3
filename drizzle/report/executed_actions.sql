create view report.executed_actions with (security_invoker = true) as
select coalesce(w.executed_in_run, w.run_id) as run_id, w.plan_id, w.finding_id, w.tenant_id, w.action,
  case when w.action in ('add-label', 'remove-label') then w.mark end as label,
  w.space_key, w.page_id, w.page_title, w.page_url, w.page_version, w.rule_id, w.reason, w.state, w.undoable, w.due_at,
  p.expires_at, w.account_id, w.approved_by, w.executed_at, w.outcome, w.undone_at, nullif(w.mark, '') as mark, w.content,
  w.undone_by, w.undoes
from audit.page_write w
join audit.plan p on p.tenant_id = w.tenant_id and p.plan_id = w.plan_id
where w.state in ('done', 'failed', 'refused', 'skipped', 'gone', 'unknown', 'stranded');
comment on view report.executed_actions is 'Writes that were attempted, and how each ended; this is the ledger.';
