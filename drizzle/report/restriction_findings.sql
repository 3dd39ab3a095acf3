create view report.restriction_findings with (security_invoker = true) as
select f.*,
  case when jsonb_typeof(f.evidence -> 'readers') = 'array'
    then array(select jsonb_array_elements_text(f.evidence -> 'readers')) end as readers,
  f.evidence ->> 'blocked_by_page_id' as blocked_by_page_id,
  f.evidence ->> 'how_known' as how_known
from audit.finding_line f
where f.rule_id in (
  'unreadable-runbook', 'uneditable-runbook', 'single-reader', 'restricted-to-inactive', 'sensitive-page-open',
  'anonymous-space'
);
comment on view report.restriction_findings is 'Open findings about who may read or edit a page.';
