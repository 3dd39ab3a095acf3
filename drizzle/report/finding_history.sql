create view report.finding_history with (security_invoker = true) as
select finding_id, tenant_id, rule_id, event, at, run_id, note from audit.finding_event;
comment on view report.finding_history is 'Every event in the life of every finding.';
