import type { TestDatabase } from '../database.ts';

/**
 * What is known of a tenant's site: its inventory, findings and the writes that are due. Left out is what depends on when something was
 * noticed: ids, days of opening and listing, runs, and how a page went that is gone. Of pages that no rule judges in this way nothing is kept
 * up to date that no rule asks for: labels and readers of what is no runbook, facts of what is exempt.
 */
export async function knownOf({ superuser }: TestDatabase, tenantId: string): Promise<Record<string, unknown>> {
  const rows = (sql: string) => superuser(sql, [tenantId]);
  return {
    pages: await rows(`
      select page_id, space_id, content_type, title, owner_id, parent_id, parent_type, version_number, is_runbook, exempt, profile_id,
        case when judged then fresh_at::text end as fresh_at, case when judged then fresh_because end as fresh_because,
        case when not exempt then facts_of_version end as facts_of_version, case when judged then labels end as labels,
        case when judged then read_users || read_groups end as readers,
        case when judged then update_users || update_groups end as editors
      from (select *, is_runbook and not exempt as judged from audit.page) as page
      where tenant_id = $1 and gone_at is null and content_type <> 'folder' order by page_id`),
    attachments: await rows(`
      select attachment_id, page_id, title from audit.attachment a where tenant_id = $1 and gone_at is null
        and exists (select 1 from audit.page p where p.tenant_id = a.tenant_id and p.page_id = a.page_id and p.gone_at is null) order by 1`),
    findings: await rows(`
      select rule_id, page_id, subject_id, status, severity, confidence, reason from audit.finding f
      where tenant_id = $1 and state = 'open' and not exists (select 1 from audit.unjudged u
        where u.tenant_id = f.tenant_id and u.rule_id = f.rule_id and u.page_id = f.page_id)
      order by rule_id, page_id, subject_id`),
    // A finding that tonight could not be judged stays as it was, where there was one.
    unjudged: await rows(
      `select rule_id, page_id, status from audit.unjudged where tenant_id = $1 order by rule_id, page_id`,
    ),
    writes: await rows(`
      select page_id, action, mark from audit.page_write where tenant_id = $1 and state in ('planned', 'deferred')
      order by page_id, action, mark`),
  };
}
