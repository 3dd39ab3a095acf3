import { sql } from 'drizzle-orm/sql';
import { index, jsonb, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { audit, count, id, instant, tenantPolicies, writtenIn } from './columns.ts';

/** What a rule says of a subject, kept across runs: the unique key is the fingerprint, `finding_id` its lasting name. */
export const finding = audit.table(
  'finding',
  {
    tenantId: id('tenant_id').notNull(),
    findingId: id('finding_id').notNull(),
    ruleId: id('rule_id').notNull(),
    subjectType: id('subject_type').notNull(),
    subjectId: id('subject_id').notNull(),
    pageId: id('page_id').notNull(),
    spaceId: id('space_id').notNull(),
    spaceKey: id('space_key').notNull(),
    contentType: id('content_type').notNull(),
    pageTitle: text('page_title').notNull(),
    pageUrl: text('page_url'),
    severity: id('severity').notNull(),
    // fail or warn
    status: id('status').notNull(),
    // open, resolved or out_of_scope
    state: id('state').notNull(),
    confidence: id('confidence').notNull(),
    reason: text('reason').notNull(),
    evidence: jsonb('evidence').notNull().default({}),
    remediation: text('remediation').notNull(),
    ownerAccountId: id('owner_account_id'),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    resolvedAt: instant('resolved_at'),
    // The mute that held it when mutes were last settled; whether that is in force still, the reports look up.
    muteId: id('mute_id'),
    reopenedCount: count('reopened_count'),
    firstRunId: id('first_run_id').notNull(),
    runId: id('run_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.findingId] }),
    unique('finding_fingerprint').on(t.tenantId, t.ruleId, t.pageId, t.subjectType, t.subjectId),
    index('finding_by_state').on(t.tenantId, t.state, t.ruleId),
    // All that reports count by, so that a fleet is counted without its rows.
    index('finding_open').on(t.tenantId, t.ruleId, t.severity, t.muteId, t.subjectType).where(sql`state = 'open'`),
    // The worklists: by owner, with all that the rank goes by, which is needed even where nobody asks for it.
    index('finding_by_owner')
      .on(t.tenantId, t.ownerAccountId, t.muteId, t.severity, t.status, t.firstSeenAt, t.findingId)
      .where(sql`state = 'open'`),
    // What makes a runbook unhealthy.
    index('finding_grave')
      .on(t.tenantId, t.pageId, t.findingId, t.state, t.firstSeenAt)
      .where(sql`severity in ('critical', 'high') and page_id <> ''`),
    ...tenantPolicies('finding'),
  ],
);

/** What happened to findings. Partitioned by month of `at` (written by hand in the first migration); never updated. */
export const findingEvent = audit.table(
  'finding_event',
  {
    tenantId: id('tenant_id').notNull(),
    at: instant('at').notNull(),
    eventId: id('event_id').notNull(),
    findingId: id('finding_id').notNull(),
    ruleId: id('rule_id').notNull(),
    event: id('event').notNull(),
    runId: id('run_id'),
    note: text('note'),
    tx: writtenIn(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.at, t.eventId] }),
    index('finding_event_by_finding').on(t.tenantId, t.findingId),
    index('finding_event_by_tx').on(t.tx, t.eventId),
    ...tenantPolicies('finding_event'),
  ],
);

/** Subjects whose last judgement ended in error or skip: neither fine nor found. */
export const unjudged = audit.table(
  'unjudged',
  {
    tenantId: id('tenant_id').notNull(),
    ruleId: id('rule_id').notNull(),
    pageId: id('page_id').notNull(),
    subjectType: id('subject_type').notNull(),
    subjectId: id('subject_id').notNull(),
    // error or skip
    status: id('status').notNull(),
    severity: id('severity').notNull(),
    reason: text('reason').notNull(),
    evidence: jsonb('evidence').notNull().default({}),
    remediation: text('remediation').notNull(),
    spaceKey: id('space_key').notNull(),
    contentType: id('content_type').notNull(),
    pageTitle: text('page_title').notNull(),
    pageUrl: text('page_url'),
    ownerAccountId: id('owner_account_id'),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    runId: id('run_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.ruleId, t.pageId, t.subjectType, t.subjectId] }),
    ...tenantPolicies('unjudged'),
  ],
);
