import { sql } from 'drizzle-orm';
import type { Severity } from '../domain/severity.ts';
import type { Store } from './db.ts';

/** An open finding with the label that stands on its page for it, for a list that people read. */
export interface FindingLine {
  readonly tenantId: string;
  readonly spaceKey: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly pageTitle: string;
  readonly pageUrl: string | null;
  readonly reason: string;
  readonly ownerName: string | null;
  readonly label: string | null;
}

/** The open findings of all tenants, worst and oldest first; those about runbooks that were labelled stand first among equals. */
export const readTopFindings = (store: Store): Promise<FindingLine[]> =>
  store.withFleet((tx) =>
    tx.rows<FindingLine>(sql`
      select f.tenant_id as "tenantId", f.space_key as "spaceKey", f.rule_id as "ruleId", f.severity, f.page_title as "pageTitle",
        f.page_url as "pageUrl", f.reason, f.owner_name as "ownerName", w.label
      from report.open_findings f
      left join lateral (
        select label from label_write w
        where w.tenant_id = f.tenant_id and w.finding_id = f.finding_id and w.action = 'add-label' and w.state = 'done'
          and w.undone_at is null limit 1
      ) w on true
      order by array_position(array['critical', 'high', 'medium', 'low', 'info'], f.severity::text), w.label nulls last,
        f.first_seen_at, f.finding_id`),
  );
