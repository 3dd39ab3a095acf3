import { sql } from './sql.ts';
import type { OwnedLabel, PlanFinding } from '../domain/label-plan.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';
import { OWNED, REMOVALS_THAT_SUPPRESS } from './ledger.ts';
import type { Run } from './runs.ts';
import { seenPages } from './seen-pages.ts';

/** A page that the account may not edit today will hardly be open tomorrow. */
const REST = '7 days';
/** So many failures of one write within the rest are no outage: some sites answer 500 to what they ought to refuse. */
const FAILURES_THAT_REFUSE = 3;

export interface PlannerState {
  readonly findings: readonly PlanFinding[];
  readonly owned: readonly (OwnedLabel & { readonly findingId: string; readonly ruleId: string })[];
  readonly suppressed: readonly { readonly pageId: string; readonly label: string }[];
  readonly pages: readonly PageLabels[];
}

interface PageLabels {
  readonly pageId: string;
  readonly version: number;
  readonly labels: readonly string[];
  /** Read in this pass; only such pages are written to. */
  readonly seen: boolean;
}

/** What the planner has to know: the open findings, the labels that are ours, and the pages that either is about. */
export async function plannerState(tx: TenantTx, run: Run): Promise<PlannerState> {
  const findings = await tx.rows<PlanFinding>(sql`
    select finding_id as "findingId", page_id as "pageId", rule_id as "ruleId", status, severity, first_seen_at as "firstSeenAt"
    from finding where tenant_id = ${tx.tenantId} and state = 'open' and mute_id is null order by finding_id`);
  const owned = await tx.rows<PlannerState['owned'][number]>(sql`
    select page_id as "pageId", label, severity, executed_at as "addedAt", finding_id as "findingId", rule_id as "ruleId"
    from label_write where tenant_id = ${tx.tenantId} and ${OWNED} order by write_id`);
  const suppressed = await tx.rows<{ pageId: string; label: string }>(sql`
    select page_id as "pageId", label from label_write
    where tenant_id = ${tx.tenantId} and action = 'add-label'
    group by page_id, label
    having count(*) filter (where undone_by = 'others') >= ${REMOVALS_THAT_SUPPRESS}
      or max(planned_at) filter (where state = 'refused') > ${tx.now} - ${REST}::interval
      or count(*) filter (where state = 'failed' and planned_at > ${tx.now} - ${REST}::interval) >= ${FAILURES_THAT_REFUSE}`);
  const pageIds = [...new Set([...findings, ...owned].map((row) => row.pageId))];
  const pages = await tx.rows<PageLabels>(sql`
    select page_id as "pageId", version_number as version,
      coalesce((select jsonb_agg(l ->> 'name') from jsonb_array_elements(labels) l), '[]') as labels,
      gone_at is null and page_id in ${seenPages(tx, run)} as seen
    from page where tenant_id = ${tx.tenantId} and page_id = any(${list(pageIds)})`);
  return { findings, owned, suppressed, pages };
}
