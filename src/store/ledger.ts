import { sql } from 'drizzle-orm';
import type { PlannedWrite } from '../domain/label-plan.ts';
import type { Severity } from '../domain/severity.ts';
import type { Tx } from './db.ts';
import type { RunRow } from './runs.ts';

export type WriteState = 'planned' | 'deferred' | 'intent' | 'unknown' | 'done' | 'failed' | 'skipped' | 'gone' | 'superseded';

/** One row of the ledger as the actions use it. */
export interface LedgerWrite {
  readonly writeId: string;
  readonly pageId: string;
  readonly action: 'add-label' | 'remove-label';
  readonly label: string;
  readonly pageVersion: number;
}

const WRITE_COLUMNS = sql`write_id as "writeId", page_id as "pageId", action, label, page_version as "pageVersion"`;

/** The planned writes of one plan, worst first as they were planned. */
export const writesToDo = (tx: Tx, run: RunRow, planId: string): Promise<LedgerWrite[]> =>
  tx.rows<LedgerWrite>(sql`select ${WRITE_COLUMNS} from label_write
      where tenant_id = ${run.tenantId} and plan_id = ${planId} and state = 'planned' order by write_id`,
  );

/** Writes that an earlier run began and whose outcome nobody knows. */
export const unsettledWrites = (tx: Tx, run: RunRow): Promise<LedgerWrite[]> =>
  tx.rows<LedgerWrite>(sql`select ${WRITE_COLUMNS} from label_write
      where tenant_id = ${run.tenantId} and state in ('intent', 'unknown') order by write_id`,
  );

/** Moves one write to a state; a removal that is done ends our ownership of the label. */
export async function markWrite(
  tx: Tx,
  by: { readonly run: RunRow; readonly accountId: string | null },
  write: LedgerWrite,
  to: { readonly state: WriteState; readonly outcome: string },
): Promise<void> {
  const { run } = by;
  await tx.rows(sql`
    update label_write set state = ${to.state}, outcome = ${to.outcome}, executed_in_run = ${run.runId}, account_id = ${by.accountId},
      attempts = attempts + ${to.state === 'intent' ? 1 : 0}, executed_at = case when ${to.state} = 'done' then ${tx.now} else executed_at end
    where tenant_id = ${run.tenantId} and write_id = ${write.writeId}`);
  if (to.state === 'done' && write.action === 'remove-label') await endOwnership(tx, run, write, 'us');
}

const endOwnership = (tx: Tx, run: RunRow, write: LedgerWrite, by: 'us' | 'others') =>
  tx.rows(sql`
    update label_write set undone_at = ${tx.now}, undone_by = ${by}
    where tenant_id = ${run.tenantId} and page_id = ${write.pageId} and label = ${write.label} and ${OWNED}`);

/** A label that we added and that nobody took off since, as far as we know. */
const OWNED = sql`action = 'add-label' and state = 'done' and undone_at is null`;

/** Labels of ours on pages that were read in this pass and did not show them. */
export const ownedButUnseen = (tx: Tx, run: RunRow): Promise<LedgerWrite[]> =>
  tx.rows<LedgerWrite>(sql`select ${WRITE_COLUMNS} from label_write w
      where w.tenant_id = ${run.tenantId} and ${OWNED}
        and exists (select 1 from page p where p.tenant_id = w.tenant_id and p.page_id = w.page_id and p.gone_at is null
          and p.page_id in (${seenPages(run)}) and not p.labels @> jsonb_build_array(jsonb_build_object('name', w.label)))
      order by write_id`,
  );

/** The inventory learns a label that is on the page although the search index does not show it yet. */
export const addSeenLabel = (tx: Tx, run: RunRow, write: LedgerWrite) =>
  tx.rows(sql`
    update page set labels = labels || ${JSON.stringify([{ prefix: 'global', name: write.label }])}::jsonb
    where tenant_id = ${run.tenantId} and page_id = ${write.pageId}`);

/** Somebody else took our label off (or the page with it): it is not ours any more, and that is remembered. */
export const forgetOwned = (tx: Tx, run: RunRow, write: LedgerWrite) => endOwnership(tx, run, write, 'others');

/** After so many removals by others a label is not put on that page again. */
const REMOVALS_THAT_SUPPRESS = 2;

/** What the planner has to know of the pages that a finding or a label of ours is about. */
export async function plannerState(tx: Tx, run: RunRow, ruleIds: readonly string[]): Promise<PlannerState> {
  const rules = JSON.stringify(ruleIds);
  const findings = await tx.rows<WantedFinding>(sql`select finding_id as "findingId", page_id as "pageId", rule_id as "ruleId", status, severity, reason, first_seen_at as "firstSeenAt"
      from finding where tenant_id = ${run.tenantId} and state = 'open'
        and rule_id in (select jsonb_array_elements_text(${rules}::jsonb)) order by finding_id`,
  );
  const owned = await tx.rows<OwnedLabel>(sql`select page_id as "pageId", label, finding_id as "findingId", rule_id as "ruleId", severity from label_write
      where tenant_id = ${run.tenantId} and ${OWNED} order by write_id`,
  );
  const suppressed = await tx.rows<{ pageId: string; label: string }>(sql`select page_id as "pageId", label from label_write
      where tenant_id = ${run.tenantId} and action = 'add-label' and undone_by = 'others'
      group by page_id, label having count(*) >= ${REMOVALS_THAT_SUPPRESS}`,
  );
  const pageIds = [...new Set([...findings, ...owned].map((row) => row.pageId))];
  const pages = await tx.rows<PageLabels>(sql`select page_id as "pageId", version_number as version,
        coalesce((select jsonb_agg(l ->> 'name') from jsonb_array_elements(labels) l), '[]') as labels,
        gone_at is null and page_id in (${seenPages(run)}) as seen
      from page where tenant_id = ${run.tenantId} and page_id in (select jsonb_array_elements_text(${JSON.stringify(pageIds)}::jsonb))`,
  );
  return { findings, owned, suppressed, pages };
}

export interface PlannerState {
  readonly findings: readonly WantedFinding[];
  readonly owned: readonly OwnedLabel[];
  readonly suppressed: readonly { readonly pageId: string; readonly label: string }[];
  readonly pages: readonly PageLabels[];
}

/** An open finding that an action may want labelled. */
export interface WantedFinding {
  readonly findingId: string;
  readonly pageId: string;
  readonly ruleId: string;
  readonly status: 'fail' | 'warn';
  readonly severity: Severity;
  readonly reason: string;
  readonly firstSeenAt: string;
}

export interface OwnedLabel {
  readonly pageId: string;
  readonly label: string;
  readonly findingId: string;
  readonly ruleId: string;
  readonly severity: Severity;
}

export interface PageLabels {
  readonly pageId: string;
  readonly version: number;
  readonly labels: readonly string[];
  /** Read in this pass; only such pages are written to. */
  readonly seen: boolean;
}
