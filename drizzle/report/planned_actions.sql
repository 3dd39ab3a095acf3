create view report.planned_actions with (security_invoker = true) as
select w.plan_id, w.finding_id, w.tenant_id, w.action,
  case when w.action in ('add-label', 'remove-label') then w.mark end as label, w.space_key, w.page_id, w.page_title, w.page_url,
  w.page_version, w.rule_id, w.reason, w.state, w.undoable, w.due_at, p.expires_at,
  nullif(w.mark, '') as mark, w.content, w.needs_approval, w.cost, w.outcome as waits_because, p.refused_because
from audit.page_write w
join audit.plan p on p.tenant_id = w.tenant_id and p.plan_id = w.plan_id
where w.state in ('planned', 'deferred', 'intent');
comment on view report.planned_actions is 'Writes that are proposed and not carried out yet.';
