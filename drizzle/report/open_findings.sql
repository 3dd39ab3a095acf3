create view report.open_findings with (security_invoker = true) as
select * from audit.finding_line;
comment on view report.open_findings is 'Everything that is wrong now: findings that are open and not muted.';
