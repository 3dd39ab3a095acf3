create view report.unjudged with (security_invoker = true) as
select f.finding_id, u.tenant_id, u.rule_id, u.severity, u.status, 'partial'::text as confidence, u.reason, u.evidence,
  u.remediation, u.space_key, u.content_type, u.page_id, u.page_title, u.page_url, u.subject_type, u.subject_id,
  u.owner_account_id, a.display_name as owner_name, u.first_seen_at, u.last_seen_at,
  coalesce(f.reopened_count, 0) as reopened_count, u.run_id
from audit.unjudged u
left join audit.finding f on f.tenant_id = u.tenant_id and f.rule_id = u.rule_id and f.page_id = u.page_id
  and f.subject_type = u.subject_type and f.subject_id = u.subject_id
left join audit.account a on a.tenant_id = u.tenant_id and a.account_id = u.owner_account_id;
comment on view report.unjudged is
  'What could not be judged, and why: status error or skip; finding_id only where the same subject has a finding.';
