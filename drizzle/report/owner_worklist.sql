create view report.owner_worklist with (security_invoker = true) as
select f.tenant_id, f.owner_account_id, f.owner_name,
  (row_number() over (
    partition by f.tenant_id, f.owner_account_id
    -- Worked out for each row, also where nobody asks for the rank: so by the cheapest means.
    order by case f.severity when 'critical' then 1 when 'high' then 2 when 'medium' then 3 when 'low' then 4 else 5 end, f.status,
      f.first_seen_at, f.finding_id
  ))::integer as rank,
  f.finding_id, f.rule_id, f.severity, f.status, f.confidence, f.reason, f.evidence, f.remediation, f.space_key,
  f.content_type, f.page_id, f.page_title, f.page_url, f.subject_type, f.subject_id, f.first_seen_at, f.last_seen_at,
  f.reopened_count, f.run_id
from audit.finding_line f;
comment on view report.owner_worklist is
  'Open findings by the account that owns the page, worst first; without an owner they stand under null.';
