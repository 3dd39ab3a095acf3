import { sql } from './sql.ts';
import type { FindingLine } from '../domain/finding-line.ts';
import type { Store } from './db.ts';

/** So many of one rule, or the worst rule would fill the list. */
const OF_ONE_RULE = 2;

/** What a reader should see first: the worst open findings of each rule over all tenants, and how many are open in all. */
export const readTopFindings = (store: Store): Promise<{ worst: FindingLine[]; open: number }> =>
  store.withFleet(async (tx) => {
    const worst = await tx.rows<FindingLine>(sql`
      with line as (
        select f.*, w.label, array_position(array['critical', 'high', 'medium', 'low', 'info'], f.severity::text) as place
        from report.open_findings f
        left join lateral (
          select mark as label from page_write w
          where w.tenant_id = f.tenant_id and w.finding_id = f.finding_id and w.action = 'add-label' and w.state = 'done'
            and w.undone_at is null limit 1
        ) w on true
      ), ranked as (
        select line.*, row_number() over (
          partition by rule_id order by place, label nulls last, (evidence ->> 'age_days')::int desc nulls last, finding_id) as nth
        from line
      )
      select tenant_id as "tenantId", space_key as "spaceKey", rule_id as "ruleId", severity, page_title as "pageTitle",
        page_url as "pageUrl", reason, owner_name as "ownerName", label
      from ranked where nth <= ${OF_ONE_RULE}
      order by place, rule_id, nth`);
    const [all] = await tx.rows<{ open: number }>(sql`select count(*)::int as open from report.open_findings`);
    return { worst, open: all?.open ?? 0 };
  });
