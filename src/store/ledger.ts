import { sql } from './sql.ts';
import type { ContentType } from '../domain/inventory.ts';
import { batch } from './batch.ts';
import type { TenantTx } from './db.ts';
import type { Run } from './runs.ts';
import { seenPages } from './seen-pages.ts';

export type WriteState =
  | 'planned'
  | 'deferred'
  | 'intent'
  | 'unknown'
  | 'done'
  | 'failed'
  | 'refused'
  | 'skipped'
  | 'gone'
  | 'superseded';

/** One row of the ledger as the actions use it. */
export interface LedgerWrite {
  readonly writeId: string;
  readonly pageId: string;
  readonly contentType: ContentType;
  readonly action: 'add-label' | 'remove-label';
  readonly label: string;
  readonly pageVersion: number;
  /** Of the space in which the page was when it was judged. */
  readonly spaceId: string | null;
}

const WRITE_COLUMNS = sql`write_id as "writeId", page_id as "pageId", action, label, page_version as "pageVersion",
  coalesce((select p.content_type from page p where p.tenant_id = label_write.tenant_id and p.page_id = label_write.page_id), 'page')
    as "contentType",
  (select p.space_id from page p where p.tenant_id = label_write.tenant_id and p.page_id = label_write.page_id) as "spaceId"`;

/** The planned writes of one plan, worst first as they were planned. */
export const writesToDo = (tx: TenantTx, planId: string): Promise<LedgerWrite[]> =>
  tx.rows<LedgerWrite>(sql`select ${WRITE_COLUMNS} from label_write
      where tenant_id = ${tx.tenantId} and plan_id = ${planId} and state = 'planned'
      order by array_position(array['critical', 'high', 'medium', 'low', 'info'], severity), action desc, write_id`);

/** Writes that an earlier run began and whose outcome nobody knows. */
export const unsettledWrites = (tx: TenantTx): Promise<LedgerWrite[]> =>
  tx.rows<LedgerWrite>(sql`select ${WRITE_COLUMNS} from label_write
      where tenant_id = ${tx.tenantId} and state in ('intent', 'unknown') order by write_id`);

/** Moves one write to a state; a removal that is done ends our ownership of the label. */
export async function markWrite(
  tx: TenantTx,
  by: { readonly run: Run; readonly accountId: string | null },
  write: LedgerWrite,
  to: { readonly state: WriteState; readonly outcome: string },
): Promise<void> {
  const { run } = by;
  await tx.rows(sql`
    update label_write set state = ${to.state}, outcome = ${to.outcome}, executed_in_run = ${run.runId}, account_id = ${by.accountId},
      attempts = attempts + ${to.state === 'intent' ? 1 : 0}, executed_at = case when ${to.state} = 'done' then ${tx.now} else executed_at end
    where tenant_id = ${tx.tenantId} and write_id = ${write.writeId}`);
  if (to.state === 'done' && write.action === 'remove-label') await endOwnership(tx, write, 'us');
}

const endOwnership = (tx: TenantTx, write: LedgerWrite, by: 'us' | 'others', outcome: string | null = null) =>
  tx.rows(sql`
    update label_write set undone_at = ${tx.now}, undone_by = ${by}, outcome = coalesce(${outcome}, outcome)
    where tenant_id = ${tx.tenantId} and page_id = ${write.pageId} and label = ${write.label} and ${OWNED}`);

/** A label that we added and that nobody took off since, as far as we know. */
export const OWNED = sql`action = 'add-label' and state = 'done' and undone_at is null`;

/** A label may take so long to show on every way of reading it; Confluence states no figure, a minute and more was seen. */
const SHOWS_AFTER = sql.raw(`interval '10 minutes'`);

/** Labels of ours on pages that were read in this pass and did not show them; `justAdded` where they may be on their way. */
export const ownedButUnseen = (tx: TenantTx, run: Run): Promise<(LedgerWrite & { readonly justAdded: boolean })[]> =>
  tx.rows(sql`select ${WRITE_COLUMNS}, executed_at > ${tx.now} - ${SHOWS_AFTER} as "justAdded" from label_write
      where tenant_id = ${tx.tenantId} and ${OWNED}
        and exists (select 1 from page p where p.tenant_id = label_write.tenant_id and p.page_id = label_write.page_id and p.gone_at is null
          and p.page_id in ${seenPages(tx, run)} and not p.labels @> jsonb_build_array(jsonb_build_object('name', label_write.label)))
      order by write_id`);

/** The inventory learns a label that is on the page although the search index does not show it yet. */
export const addSeenLabel = (tx: TenantTx, write: LedgerWrite) =>
  tx.rows(sql`
    update page set labels = labels || ${batch([{ prefix: 'global', name: write.label }])}
    where tenant_id = ${tx.tenantId} and page_id = ${write.pageId}`);

/** After so many removals by others a label is not put on that page again. */
export const REMOVALS_THAT_SUPPRESS = 2;

/** Somebody else took our label off (or the page with it): it is not ours any more; that is remembered, and said in the ledger. */
export async function forgetOwned(tx: TenantTx, write: LedgerWrite): Promise<void> {
  const [before] = await tx.rows<{ times: number }>(sql`select count(*)::int as times from label_write
      where tenant_id = ${tx.tenantId} and page_id = ${write.pageId} and label = ${write.label} and undone_by = 'others'`);
  const last = (before?.times ?? 0) + 1 >= REMOVALS_THAT_SUPPRESS;
  const outcome = last
    ? 'The label was added and taken off again, as before: it is suppressed and not put there any more.'
    : 'The label was added, and somebody took it off.';
  await endOwnership(tx, write, 'others', outcome);
}
