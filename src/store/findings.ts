import { sql } from './sql.ts';
import type { JudgedResult } from '../domain/judge.ts';
import { type Severity, noneBySeverity } from '../domain/severity.ts';
import { batch } from './batch.ts';
import { inBulk } from './bulk.ts';
import type { TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';

/** One fail or warn, with what the reports say of its page. */
export interface FindingInput extends Omit<JudgedResult, 'status'> {
  readonly findingId: string;
  readonly status: 'fail' | 'warn';
  readonly pageId: string;
  readonly spaceId: string;
  readonly spaceKey: string;
  readonly contentType: string;
  readonly pageTitle: string;
  readonly pageUrl: string | null;
  readonly remediation: string;
  readonly ownerAccountId: string | null;
}

/** What a finding about no page says of its page; the reports show null. */
export const NO_PAGE = {
  pageId: '',
  spaceId: '',
  spaceKey: '',
  contentType: '',
  pageTitle: '',
  pageUrl: null,
  ownerAccountId: null,
} as const;

export interface Reconciled {
  /** Opened or reopened, by severity. */
  readonly opened: Readonly<Record<Severity, number>>;
  readonly resolved: number;
}

/** A rule that came to a verdict on a page; `closesAs` is what becomes of its findings that were not found again. */
export interface JudgedPair {
  readonly ruleId: string;
  readonly pageId: string;
  readonly closesAs: 'resolved' | 'out_of_scope';
}

/**
 * Brings the findings of a batch in line with what was judged, in one statement: opened, continued, severity changed, resolved,
 * reopened, each change with its row of history.
 *
 * `judged` holds every (rule, page) that came to a verdict in this run; an open finding of such a pair that is not in `found` is
 * resolved. Pairs that ended in error or skip are left out by the caller, so their findings stay as they were; those of a rule of which
 * nothing was open may be.
 */
export async function reconcile(
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
  found: readonly FindingInput[],
  judged: readonly JudgedPair[],
): Promise<Reconciled> {
  if (found.length === 0 && judged.length === 0) return { opened: noneBySeverity(), resolved: 0 };
  const changes = await inBulk(tx, () =>
    tx.rows<{ event: string; severity: Severity; changed: number }>(sql`
with found as materialized (
  select * from jsonb_to_recordset(${batch(found.map(toRow))}) as f(
    finding_id text, rule_id text, page_id text, subject_type text, subject_id text, severity text, status text, confidence text,
    reason text, evidence jsonb, remediation text, space_id text, space_key text, content_type text, page_title text,
    page_url text, owner_account_id text)
), judged as materialized (
  select j.rule_id, j.closes_as, unnest(j.page_ids) as page_id
  from jsonb_to_recordset(${batch(byRule(judged))}) as j(rule_id text, closes_as text, page_ids text[])
), pair as (
  select rule_id, page_id from found
  union
  select rule_id, page_id from judged
), before as materialized (
  -- Looked up one by one, by the fingerprint: the planner may not take it apart and read all findings of the tenant instead.
  select f.* from pair cross join lateral (
    select finding_id, rule_id, page_id, subject_type, subject_id, state, severity from finding
    where tenant_id = ${tx.tenantId} and rule_id = pair.rule_id and page_id = pair.page_id offset 0) f
), saved as (
  insert into finding as f (tenant_id, finding_id, rule_id, subject_type, subject_id, page_id, space_id, space_key, content_type,
    page_title, page_url, severity, status, state, confidence, reason, evidence, remediation, owner_account_id,
    first_seen_at, last_seen_at, reopened_count, first_run_id, run_id)
  select ${tx.tenantId}, finding_id, rule_id, subject_type, subject_id, page_id, space_id, space_key, content_type, page_title,
    page_url, severity, status, 'open', confidence, reason, evidence, remediation, owner_account_id,
    ${tx.now}, ${tx.now}, 0, ${run.runId}, ${run.runId}
  from found
  on conflict (tenant_id, rule_id, page_id, subject_type, subject_id) do update set
    space_id = excluded.space_id, space_key = excluded.space_key, page_title = excluded.page_title, page_url = excluded.page_url,
    severity = excluded.severity, status = excluded.status, state = 'open', confidence = excluded.confidence,
    reason = excluded.reason, evidence = excluded.evidence, remediation = excluded.remediation,
    owner_account_id = excluded.owner_account_id, last_seen_at = excluded.last_seen_at, resolved_at = null,
    reopened_count = f.reopened_count + case when f.state = 'open' then 0 else 1 end, run_id = excluded.run_id
  returning f.finding_id, f.rule_id, f.page_id, f.subject_type, f.subject_id, f.severity
), over as materialized (
  select b.finding_id, j.closes_as from before b join judged j using (rule_id, page_id)
  where b.state = 'open' and not exists (select 1 from found n where n.rule_id = b.rule_id and n.page_id = b.page_id
    and n.subject_type = b.subject_type and n.subject_id = b.subject_id)
), resolved as (
  update finding f set state = o.closes_as, resolved_at = ${tx.now}, run_id = ${run.runId}
  from over o
  where f.tenant_id = ${tx.tenantId} and f.finding_id = any(array(select finding_id from over)) and f.finding_id = o.finding_id
  returning f.finding_id, f.rule_id, f.severity, f.state
), changes as (
  select s.finding_id, s.rule_id, s.severity,
    case when b.finding_id is null then 'opened' when b.state <> 'open' then 'reopened' else 'severity_changed' end as event,
    case when b.state = 'open' then b.severity || ' -> ' || s.severity end as note
  from saved s left join before b using (rule_id, page_id, subject_type, subject_id)
  where b.finding_id is null or b.state <> 'open' or b.severity <> s.severity
  union all
  select finding_id, rule_id, severity, state, null from resolved
), history as (
  insert into finding_event (tenant_id, at, event_id, finding_id, rule_id, event, run_id, note)
  select ${tx.tenantId}, ${tx.now}, ${run.runId} || ':' || event || ':' || finding_id, finding_id, rule_id, event, ${run.runId}, note
  from changes
)
select event, severity, count(*)::int as changed from changes group by event, severity`),
  );
  const opened = noneBySeverity();
  let resolved = 0;
  for (const { event, severity, changed } of changes) {
    if (event === 'opened' || event === 'reopened') opened[severity] += changed;
    if (event === 'resolved') resolved += changed;
  }
  return { opened, resolved };
}

/** The rules of which something is open: the others have nothing to resolve. */
export async function rulesWithOpenFindings(tx: TenantTx): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ ruleId: string }>(
    sql`select distinct rule_id as "ruleId" from finding where tenant_id = ${tx.tenantId} and state = 'open'`,
  );
  return new Set(rows.map(({ ruleId }) => ruleId));
}

/** A rule with all pages on which it came to a verdict: a list of ids is a tenth of as many pairs. */
const byRule = (judged: readonly JudgedPair[]) =>
  [...Map.groupBy(judged, ({ ruleId, closesAs }) => `${closesAs} ${ruleId}`).values()].map((pairs) => ({
    rule_id: pairs[0]?.ruleId,
    closes_as: pairs[0]?.closesAs,
    page_ids: pairs.map(({ pageId }) => pageId),
  }));

/** A finding as the batch statements take it. */
export const toRow = (
  finding: Omit<FindingInput, 'findingId' | 'status'> & { readonly findingId?: string; readonly status: string },
) => ({
  finding_id: finding.findingId,
  rule_id: finding.ruleId,
  page_id: finding.pageId,
  subject_type: finding.subject.type,
  subject_id: finding.subject.id,
  severity: finding.severity,
  status: finding.status,
  confidence: finding.confidence,
  reason: finding.reason,
  evidence: finding.evidence,
  remediation: finding.remediation,
  space_id: finding.spaceId,
  space_key: finding.spaceKey,
  content_type: finding.contentType,
  page_title: finding.pageTitle,
  page_url: finding.pageUrl,
  owner_account_id: finding.ownerAccountId,
});

/** How many findings are open and not muted, by severity. */
export async function openBySeverity(tx: TenantTx): Promise<Record<Severity, number>> {
  const rows = await tx.rows<{ severity: Severity; open: number }>(
    sql`select severity, count(*)::int as open from finding where tenant_id = ${tx.tenantId} and state = 'open' and mute_id is null group by severity`,
  );
  return { ...noneBySeverity(), ...Object.fromEntries(rows.map((row) => [row.severity, row.open])) };
}
