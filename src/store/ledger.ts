import { type SQL, sql } from './sql.ts';
import type { ContentType } from '../domain/inventory.ts';
import type { Severity } from '../domain/severity.ts';
import type { WriteAction } from '../domain/write-action.ts';
import type { TenantTx } from './db.ts';
import type { Run } from './runs.ts';

type WriteState =
  | 'planned'
  | 'deferred'
  | 'intent'
  | 'unknown'
  | 'done'
  | 'failed'
  | 'refused'
  | 'skipped'
  | 'gone'
  | 'stranded'
  | 'superseded';

/** One row of the ledger as the actions use it. */
export interface LedgerWrite {
  readonly writeId: string;
  readonly findingId: string;
  readonly pageId: string;
  readonly contentType: ContentType;
  readonly action: WriteAction;
  readonly mark: string;
  readonly content: string | null;
  readonly pageVersion: number;
  readonly needsApproval: boolean;
  /** The write that this one takes back; null for one that a finding asks for. */
  readonly undoes: string | null;
  readonly remoteId: string | null;
  readonly remoteVersion: number | null;
  readonly parentId: string | null;
  /** As the inventory has them: where the page was and what it carried when it was judged. */
  readonly spaceId: string | null;
  readonly labels: readonly string[];
  /** Whether the finding that asks for the write is still open and not muted. */
  readonly isAsked: boolean;
}

/** What an attempt came to. */
export interface Settled {
  readonly state: WriteState;
  readonly outcome: string;
  readonly remoteId?: string;
  readonly remoteVersion?: number;
  /** The version of the page that the write made. */
  readonly madeVersion?: number;
  /** Where the page was before. */
  readonly parentId?: string | null;
}

/** Whether anything was ever written to the tenant's site, or tried. */
export async function hasTried(tx: TenantTx): Promise<boolean> {
  const tried = await tx.rows(sql`
    select 1 from page_write
    where tenant_id = ${tx.tenantId} and state not in ('planned', 'deferred', 'superseded') limit 1`);
  return tried.length > 0;
}

const COLUMNS = sql`w.write_id as "writeId", w.finding_id as "findingId", w.page_id as "pageId", w.action, w.mark, w.content,
  w.page_version as "pageVersion", w.needs_approval as "needsApproval", w.undoes, w.remote_id as "remoteId",
  w.remote_version as "remoteVersion", w.parent_id as "parentId", coalesce(p.content_type, 'page') as "contentType", p.space_id as "spaceId",
  coalesce((select jsonb_agg(l ->> 'name') from jsonb_array_elements(p.labels) l), '[]') as labels,
  exists (select 1 from finding_line f where f.tenant_id = w.tenant_id and f.finding_id = w.finding_id) as "isAsked"`;

const writes = (tx: TenantTx, where: SQL): Promise<LedgerWrite[]> =>
  tx.rows<LedgerWrite>(sql`select ${COLUMNS} from page_write w
      left join page p on p.tenant_id = w.tenant_id and p.page_id = w.page_id
      where w.tenant_id = ${tx.tenantId} and ${where}`);

/** The planned writes of one plan, worst first as they were planned. What takes a run back goes the way back: its last write first. */
export const writesToDo = (tx: TenantTx, planId: string): Promise<LedgerWrite[]> =>
  writes(
    tx,
    sql`w.plan_id = ${planId} and w.state = 'planned'
      order by case when w.undoes is null then array_position(array['critical', 'high', 'medium', 'low', 'info'], w.severity) end,
        w.undoes is null and w.action in ('remove-label', 'remove-property') desc, w.write_id`,
  );

/** Writes that an earlier run began and whose outcome nobody knows. */
export const unsettledWrites = (tx: TenantTx): Promise<LedgerWrite[]> =>
  writes(tx, sql`w.state in ('intent', 'unknown') order by w.write_id`);

/** A write that was done, with what an undo needs beside it. */
export interface DoneWrite extends LedgerWrite {
  readonly ruleId: string;
  readonly actionName: string | null;
  readonly severity: Severity;
  readonly pageTitle: string;
}

/** What a run did to its site and nobody took back, the latest first. A comment has the version that we wrote last. */
export const doneInRun = (tx: TenantTx, runId: string): Promise<DoneWrite[]> =>
  tx.rows(sql`
    select ${COLUMNS}, w.rule_id as "ruleId", w.action_name as "actionName", w.severity, w.page_title as "pageTitle",
      coalesce((
        select max(u.remote_version) from page_write u
        where u.tenant_id = w.tenant_id and u.page_id = w.page_id and u.remote_id = w.remote_id and u.action = 'update-comment' and u.state = 'done'
      ), w.remote_version) as "remoteVersion"
    from page_write w left join page p on p.tenant_id = w.tenant_id and p.page_id = w.page_id
    where w.tenant_id = ${tx.tenantId} and w.executed_in_run = ${runId} and w.state = 'done' and w.undone_at is null
    order by w.executed_at desc, w.write_id desc`);

/** Moves one write to a state. One that is done ends what it takes back, and whose name stands under it is kept. */
export async function markWrite(
  tx: TenantTx,
  by: { readonly run: Run; readonly accountId: string | null; readonly approvedBy: string | null },
  write: Pick<LedgerWrite, 'writeId' | 'pageId' | 'action' | 'mark' | 'undoes'>,
  to: Settled,
): Promise<void> {
  const { run } = by;
  await tx.rows(sql`
    update page_write set state = ${to.state}, outcome = ${to.outcome}, executed_in_run = ${run.runId}, account_id = ${by.accountId},
      approved_by = coalesce(${by.approvedBy}, approved_by), attempts = attempts + ${to.state === 'intent' ? 1 : 0},
      executed_at = case when ${to.state} = 'done' then ${tx.now} else executed_at end,
      remote_id = coalesce(${to.remoteId ?? null}, remote_id), remote_version = coalesce(${to.remoteVersion ?? null}, remote_version),
      parent_id = coalesce(${to.parentId ?? null}, parent_id), made_version = coalesce(${to.madeVersion ?? null}, made_version)
    where tenant_id = ${tx.tenantId} and write_id = ${write.writeId}`);
  if (to.state !== 'done') return;
  if (write.undoes !== null)
    await tx.rows(sql`
      update page_write set undone_at = ${tx.now}, undone_by = 'undo' where tenant_id = ${tx.tenantId} and write_id = ${write.undoes}`);
  const ends = ENDS[write.action];
  if (ends !== undefined)
    await endOwnership(tx, { ...write, action: ends }, write.undoes === null ? 'us' : 'undo', null);
}

/** What a removal ends the ownership of. */
const ENDS: Partial<Record<WriteAction, WriteAction>> = {
  'remove-label': 'add-label',
  'remove-property': 'add-property',
  'remove-comment': 'add-comment',
};

/** What we put on a page and nobody took off since, as far as we know. */
export const OWNED = sql`action in ('add-label', 'add-property', 'add-comment') and state = 'done' and undone_at is null`;

const endOwnership = (
  tx: TenantTx,
  write: Pick<LedgerWrite, 'pageId' | 'action' | 'mark'>,
  by: 'us' | 'others' | 'undo',
  outcome: string | null,
) =>
  tx.rows(sql`
    update page_write set undone_at = ${tx.now}, undone_by = ${by}, outcome = coalesce(${outcome}, outcome)
    where tenant_id = ${tx.tenantId} and page_id = ${write.pageId} and mark = ${write.mark} and action = ${write.action} and ${OWNED}`);

/** After so many removals by others nothing of the kind is put on that page again. */
export const REMOVALS_THAT_SUPPRESS = 2;

/** Somebody else took off what we had put there (or the page with it): it is not ours any more; that is remembered, and said in the ledger. */
export async function forgetOwned(tx: TenantTx, write: Pick<LedgerWrite, 'pageId' | 'action' | 'mark'>): Promise<void> {
  const [before] = await tx.rows<{ times: number }>(sql`select count(*)::int as times from page_write
      where tenant_id = ${tx.tenantId} and page_id = ${write.pageId} and mark = ${write.mark} and action = ${write.action}
        and undone_by = 'others'`);
  const last = (before?.times ?? 0) + 1 >= REMOVALS_THAT_SUPPRESS;
  const what = write.action.slice('add-'.length);
  const outcome = last
    ? `The ${what} was added and taken off again, as before: it is suppressed and not put there any more.`
    : `The ${what} was added, and somebody took it off.`;
  await endOwnership(tx, write, 'others', outcome);
}
