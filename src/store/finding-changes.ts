import { sql } from './sql.ts';
import type { Severity } from '../domain/severity.ts';
import type { Tx } from './db.ts';
import { type ExportRange, within } from './export-pages.ts';

/** One event in the life of a finding, with the finding as it stands now. */
export interface FindingChange {
  readonly tx: string;
  readonly id: string;
  readonly at: string;
  readonly event: string;
  readonly note: string | null;
  /** The latest of the events up to this one that mute and unmute said mute. */
  readonly muted: boolean;
  readonly tenantId: string;
  readonly findingId: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly status: 'fail' | 'warn';
  readonly confidence: string;
  readonly reason: string;
  readonly remediation: string;
  /** These four are null where the finding is about the tenant itself. */
  readonly spaceKey: string | null;
  readonly contentType: string | null;
  readonly pageId: string | null;
  readonly pageTitle: string | null;
  readonly pageUrl: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly ownerAccountId: string | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly reopenedCount: number;
  readonly runId: string | null;
}

/** What happened to findings in a range, in the order of transactions. */
export const readFindingChanges = (tx: Tx, range: ExportRange, limit: number): Promise<FindingChange[]> =>
  tx.rows<FindingChange>(sql`
    select e.tx, e.event_id as id, e.at, e.event, e.note, coalesce(m.event = 'muted', false) as muted, f.tenant_id as "tenantId",
      f.finding_id as "findingId", f.rule_id as "ruleId", f.severity, f.status, f.confidence, f.reason, f.remediation,
      nullif(f.space_key, '') as "spaceKey", nullif(f.content_type, '') as "contentType", nullif(f.page_id, '') as "pageId",
      nullif(f.page_title, '') as "pageTitle",
      f.page_url as "pageUrl", f.subject_type as "subjectType", f.subject_id as "subjectId",
      f.owner_account_id as "ownerAccountId", f.first_seen_at as "firstSeenAt", f.last_seen_at as "lastSeenAt",
      f.reopened_count as "reopenedCount", e.run_id as "runId"
    from (select * from finding_event ${within(range, sql`event_id`, limit)}) e
    join finding f on f.tenant_id = e.tenant_id and f.finding_id = e.finding_id
    left join lateral (
      select b.event from finding_event b
      where b.tenant_id = e.tenant_id and b.finding_id = e.finding_id and b.event in ('muted', 'unmuted') and b.at <= e.at
      order by b.at desc limit 1
    ) m on true
    order by e.tx, e.event_id`);
