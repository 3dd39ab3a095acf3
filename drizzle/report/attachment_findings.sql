create view report.attachment_findings with (security_invoker = true) as
select f.*, coalesce(a.title, f.evidence ->> 'file_name', f.subject_id) as file_name,
  coalesce(a.media_type, f.evidence ->> 'media_type') as media_type, a.file_size
from audit.finding_line f
left join audit.attachment a
  on f.subject_type = 'attachment' and a.tenant_id = f.tenant_id and a.attachment_id = f.subject_id
where f.subject_type in ('attachment', 'file');
comment on view report.attachment_findings is 'Open findings about attachments and files that pages show, one row a file.';
