create view report.muted_findings with (security_invoker = true) as
select * from audit.muted_line;
comment on view report.muted_findings is 'Open findings that somebody accepted, with the mute that holds each.';
