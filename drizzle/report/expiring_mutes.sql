create view report.expiring_mutes with (security_invoker = true) as
select * from audit.muted_line where mute_expires_at <= audit.moment() + interval '14 days';
comment on view report.expiring_mutes is 'Muted findings that are open again within two weeks unless somebody looks at them.';
