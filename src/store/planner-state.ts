import { type SQL, sql } from './sql.ts';
import type { WriteKind } from '../domain/write-action.ts';
import type { OwnedMark, PlanFinding } from '../domain/write-plan-input.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';
import { hasTried, OWNED, REMOVALS_THAT_SUPPRESS } from './ledger.ts';
import type { Run } from './runs.ts';
import { seenPages } from './seen-pages.ts';

/** A page that the account may not edit today will hardly be open tomorrow. */
const REST = '7 days';
/** So many failures of one write within the rest are no outage: some sites answer 500 to what they ought to refuse. */
const FAILURES_THAT_REFUSE = 3;

interface Mark {
  readonly kind: WriteKind;
  readonly pageId: string;
  readonly mark: string;
}

export interface PlannerState {
  readonly findings: readonly PlanFinding[];
  readonly owned: readonly OwnedMark[];
  readonly suppressed: readonly (Mark & { readonly until: string | null })[];
  readonly kept: readonly Mark[];
  readonly pages: readonly PlannedPage[];
}

interface PlannedPage {
  readonly pageId: string;
  readonly version: number;
  readonly spaceKey: string;
  readonly labels: readonly string[];
  readonly ownerAccountId: string | null;
  readonly isHome: boolean;
  readonly children: number;
  /** Read in this pass; only such pages are written to. */
  readonly seen: boolean;
}

/** What an action is about: `label` of add-label and remove-label. */
const KIND = sql`case when action in ('trash', 'restore') then 'trash' when action = 'archive' then 'archive'
  else split_part(action, '-', 2) end`;

/** What the planner has to know: the open findings that some action is about, what is ours, and the pages that either is about. */
export async function plannerState(tx: TenantTx, run: Run, ruleIds: readonly string[]): Promise<PlannerState> {
  const findings = await tx.rows<PlanFinding>(sql`
    select f.finding_id as "findingId", f.page_id as "pageId", f.rule_id as "ruleId", f.status, f.severity, f.reason,
      coalesce(e.reopened, f.first_seen_at) as "openSince", coalesce(e.changed, f.first_seen_at) as "changedAt"
    from finding f left join lateral (
      select max(at) filter (where event = 'reopened') as reopened,
        max(at) filter (where event in ('opened', 'reopened', 'severity_changed')) as changed
      from finding_event where tenant_id = f.tenant_id and finding_id = f.finding_id
    ) e on true
    where f.tenant_id = ${tx.tenantId} and f.state = 'open' and f.mute_id is null and f.page_id <> '' and f.rule_id = any(${list(ruleIds)})
    order by f.finding_id`);
  const tried = await hasTried(tx);
  const owned = !tried
    ? []
    : await tx.rows<OwnedMark>(sql`
    select w.page_id as "pageId", split_part(w.action, '-', 2) as kind, w.mark, w.severity, w.finding_id as "findingId",
      w.rule_id as "ruleId", w.action_name as "actionName", w.executed_at as "addedAt",
      coalesce(last.executed_at, w.executed_at) as "writtenAt", coalesce(last.content, w.content) as content,
      w.remote_id as "remoteId", coalesce(last.remote_version, w.remote_version) as "remoteVersion"
    from page_write w left join lateral (
      select u.executed_at, u.content, u.remote_version from page_write u
      where u.tenant_id = w.tenant_id and u.page_id = w.page_id and u.mark = w.mark and u.action = 'update-comment'
        and w.action = 'add-comment' and u.state = 'done' and u.remote_id = w.remote_id
      order by u.executed_at desc, u.write_id desc limit 1
    ) last on true
    where w.tenant_id = ${tx.tenantId} and ${OWNED} order by w.write_id`);
  const pageIds = [...new Set([...findings, ...owned].map((row) => row.pageId))];
  const left = tried ? await leftAlone(tx) : { suppressed: [], kept: [] };
  return { findings, owned, ...left, pages: await pagesOf(tx, run, pageIds) };
}

/** What is not to be written, because people or the site said so. */
async function leftAlone(tx: TenantTx): Promise<Pick<PlannerState, 'suppressed' | 'kept'>> {
  const suppressed = await tx.rows<PlannerState['suppressed'][number]>(sql`
    select page_id as "pageId", ${KIND} as kind, mark,
      -- What was undone is wanted again once its finding changes; everything else only once it has rested.
      case when ${resting(tx)} then null else max(undone_at) filter (where undone_by = 'undo') end as until
    from page_write
    where tenant_id = ${tx.tenantId} and action in ('add-label', 'add-property', 'add-comment', 'update-comment', 'archive', 'trash')
    group by page_id, ${KIND}, mark
    having ${resting(tx)} or count(*) filter (where undone_by = 'undo') > 0`);
  const kept = await tx.rows<Mark>(sql`
    select distinct w.page_id as "pageId", split_part(w.action, '-', 2) as kind, w.mark from page_write w
    where w.tenant_id = ${tx.tenantId} and w.action in ('remove-label', 'remove-property') and w.undone_by = 'undo'
      and not exists (
        select 1 from finding_event e where e.tenant_id = w.tenant_id and e.finding_id = w.finding_id and e.at > w.undone_at
          and e.event in ('reopened', 'resolved', 'severity_changed'))
    union
    select page_id, ${KIND}, mark from page_write
    where tenant_id = ${tx.tenantId} and action in ('remove-label', 'remove-property', 'update-comment')
    group by page_id, ${KIND}, mark having ${resting(tx)}`);
  return { suppressed, kept };
}

const resting = (tx: TenantTx): SQL => sql`(count(*) filter (where undone_by = 'others') >= ${REMOVALS_THAT_SUPPRESS}
  or coalesce(max(planned_at) filter (where state = 'refused') > ${tx.now} - ${REST}::interval, false)
  or count(*) filter (where state = 'failed' and planned_at > ${tx.now} - ${REST}::interval) >= ${FAILURES_THAT_REFUSE})`;

const pagesOf = (tx: TenantTx, run: Run, pageIds: readonly string[]): Promise<PlannedPage[]> =>
  tx.rows(sql`
    select p.page_id as "pageId", p.version_number as version, s.key as "spaceKey",
      coalesce((select jsonb_agg(l ->> 'name') from jsonb_array_elements(p.labels) l), '[]') as labels,
      (
        select f.owner_account_id from finding f join account a on a.tenant_id = f.tenant_id and a.account_id = f.owner_account_id
        where f.tenant_id = p.tenant_id and f.page_id = p.page_id and f.state = 'open' and a.status = 'active' limit 1
      ) as "ownerAccountId",
      s.homepage_id is not distinct from p.page_id as "isHome", coalesce(below.pages, 0) as children,
      p.gone_at is null and p.page_id in ${seenPages(tx, run)} as seen
    from page p join space s on s.tenant_id = p.tenant_id and s.space_id = p.space_id
      left join (
        select parent_id, count(*)::int as pages from page
        where tenant_id = ${tx.tenantId} and gone_at is null and parent_id = any(${list(pageIds)}) group by parent_id
      ) below on below.parent_id = p.page_id
    where p.tenant_id = ${tx.tenantId} and p.page_id = any(${list(pageIds)})`);
