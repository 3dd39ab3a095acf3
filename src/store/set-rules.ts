import { type SQL, sql } from './sql.ts';
import type { SetRule } from '../domain/rule.ts';
import type { Severity } from '../domain/severity.ts';
import { list } from './batch.ts';
import { inBulk } from './bulk.ts';
import type { TenantTx } from './db.ts';
import type { Run } from './runs.ts';
import { seenPages } from './seen-pages.ts';

/** A page that a set rule names, with what its finding says of it. */
export interface SetResult {
  readonly pageId: string;
  readonly status: 'fail' | 'warn' | 'skip' | 'error';
  readonly reason: string;
  readonly evidence: Record<string, string | number | boolean | null> | null;
  readonly severity: Severity;
  readonly spaceId: string;
  readonly spaceKey: string;
  readonly contentType: string;
  readonly title: string;
  readonly webui: string | null;
  readonly ownerId: string | null;
  /** What on the page a rule about attachments names. */
  readonly subjectId: string | null;
}

/** The pages that a set rule judges: seen in this pass, not exempt, the rule on in their profile. */
const subjects = (tx: TenantTx, run: Run, rule: SetRule): SQL => sql`
  select p.page_id, p.space_id, s.key as space_key, p.title, p.is_runbook, p.content_type, p.webui, p.owner_id,
    r.rules -> ${rule.id} ->> 'severity' as severity, coalesce(r.rules -> ${rule.id} -> 'options', '{}') as options
  from page p
    join space s on s.tenant_id = p.tenant_id and s.space_id = p.space_id
    join rule_profile r on r.tenant_id = p.tenant_id and r.profile_id = p.profile_id
  where p.tenant_id = ${tx.tenantId} and p.gone_at is null and not p.exempt and jsonb_typeof(r.rules -> ${rule.id}) = 'object'
    and (p.is_runbook or ${rule.appliesTo === 'pages'})
    and p.page_id in ${seenPages(tx, run)}`;

/**
 * Runs a set rule over the inventory of the tenant. Its SQL is the program's own, never a user's.
 */
export const runSetRule = (tx: TenantTx, run: Run, rule: SetRule): Promise<SetResult[]> =>
  inBulk(tx, () =>
    tx.rows<SetResult>(sql`
    with subject as materialized (${subjects(tx, run, rule)})
    select result.page_id as "pageId", result.status, result.reason, result.evidence, subject.severity,
      subject.space_id as "spaceId", subject.space_key as "spaceKey", subject.content_type as "contentType", subject.title,
      subject.webui, subject.owner_id as "ownerId",
      ${sql.raw(rule.about === 'attachment' ? 'result.subject_id' : 'null')} as "subjectId"
    from (${sql.raw(rule.sql)}) as result join subject using (page_id)
    where result.status in ('fail', 'warn', 'skip', 'error')
    order by result.page_id`),
  );

/** The ids of the pages that a set rule judged, for resolving what it did not name again; `unjudged` are those it could not judge. */
export const judgedBySet = (tx: TenantTx, run: Run, rule: SetRule, unjudged: readonly string[]): SQL =>
  sql`select page_id from (${subjects(tx, run, rule)}) as judged where page_id <> all(${list(unjudged)})`;
