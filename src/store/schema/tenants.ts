import { sql } from 'drizzle-orm/sql';
import {
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { audit, count, id, ids, instant, noIds, tenantPolicies, writtenIn } from './columns.ts';

/** One site under audit, as the config names it, with what the worker learnt of it. */
export const tenant = audit.table(
  'tenant',
  {
    tenantId: id('tenant_id').notNull(),
    site: text('site').notNull(),
    enabled: boolean('enabled').notNull(),
    tags: jsonb('tags').notNull().default({}),
    authType: id('auth_type').notNull(),
    tokenExpiresAt: instant('token_expires_at'),
    cron: text('cron'),
    timezone: text('timezone'),
    accountId: id('account_id'),
    accountName: text('account_name'),
    // As report_due_at of an account, for that name.
    accountReportDueAt: instant('account_report_due_at'),
    // Of the site, where the gateway is used: another one behind the same address is another site.
    cloudId: id('cloud_id'),
    lastSlotAt: instant('last_slot_at'),
    nextRunAt: instant('next_run_at'),
    // As of a space: when all attachments of the site were listed, and since when those that changed.
    attachmentsListedAt: instant('attachments_listed_at'),
    attachmentsWalkedAt: instant('attachments_walked_at'),
    // As of when its counts are (see counts.ts); null before the first, and then reports count the rows themselves.
    countedAt: instant('counted_at'),
    // Of a tenant that was removed: from then on nothing of it is kept.
    deleteAfter: instant('delete_after'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId] }), ...tenantPolicies('tenant')],
);

/** One piece of work on one tenant, most of all an audit. Its lease is the authority over who works; `fence` rises with every takeover. */
export const run = audit.table(
  'run',
  {
    tenantId: id('tenant_id').notNull(),
    runId: id('run_id').notNull(),
    // audit, or apply and undo: those carry out a plan and walk nothing.
    job: id('job').notNull().default('audit'),
    mode: id('mode').notNull(),
    trigger: id('trigger').notNull(),
    full: boolean('full').notNull(),
    onlySpaces: jsonb('only_spaces'),
    planId: id('plan_id'),
    configHash: id('config_hash').notNull(),
    outcome: id('outcome'),
    reason: id('reason'),
    detail: text('detail'),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    leaseOwner: id('lease_owner').notNull(),
    leaseUntil: instant('lease_until').notNull(),
    fence: integer('fence').notNull().default(1),
    spaces: count('spaces'),
    pagesSeen: count('pages_seen'),
    pagesChanged: count('pages_changed'),
    requests: count('requests'),
    // What the inventory of last time let expect; null where it said nothing of the pages.
    estimatedRequests: integer('estimated_requests'),
    throttled: count('throttled'),
    waitedMs: bigint('waited_ms', { mode: 'number' }).notNull().default(0),
    points: count('points'),
    findingsNew: count('findings_new'),
    findingsResolved: count('findings_resolved'),
    // All that the findings asked for, deferred included; null where nothing was planned.
    writesWanted: integer('writes_wanted'),
    writesPlanned: count('writes_planned'),
    writesDone: count('writes_done'),
    // Requests a second that the pacer believed the site to allow, at the end of the run.
    estimatedRate: doublePrecision('estimated_rate'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenant.tenantId] }),
    uniqueIndex('run_one_unfinished').on(t.tenantId).where(sql`outcome is null`),
    index('run_latest').on(t.tenantId, t.startedAt),
    ...tenantPolicies('run'),
  ],
);

/** One list page of one walk: the checkpoint (`cursor` is the next one, null at the end) and the seen-set. */
export const walkStep = audit.table(
  'walk_step',
  {
    tenantId: id('tenant_id').notNull(),
    runId: id('run_id').notNull(),
    walk: id('walk').notNull(),
    step: integer('step').notNull(),
    cursor: text('cursor'),
    ids: ids('ids').notNull().default(noIds),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.walk, t.step] }),
    foreignKey({ columns: [t.tenantId, t.runId], foreignColumns: [run.tenantId, run.runId] }).onDelete('cascade'),
    ...tenantPolicies('walk_step'),
  ],
);

/** One API call. Partitioned by month of `at` (written by hand in the first migration). */
export const apiCall = audit.table(
  'api_call',
  {
    tenantId: id('tenant_id').notNull(),
    at: instant('at').notNull(),
    callId: id('call_id').notNull(),
    runId: id('run_id').notNull(),
    method: id('method').notNull(),
    endpoint: id('endpoint').notNull(),
    // Null where no answer came.
    status: integer('status'),
    attempts: integer('attempts').notNull(),
    waitedMs: integer('waited_ms').notNull(),
    durationMs: integer('duration_ms').notNull(),
    // Answers 429 among the attempts.
    throttled: count('throttled'),
    // What it counted for in the hourly quota of an OAuth app.
    points: count('points'),
    requestId: text('request_id'),
    accountId: id('account_id'),
    tx: writtenIn(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.at, t.callId] }),
    index('api_call_by_tx').on(t.tx, t.callId),
    ...tenantPolicies('api_call'),
  ],
);

/** What one tenant spent of an OAuth app's points in one UTC hour. */
export const appPoints = audit.table(
  'app_points',
  {
    tenantId: id('tenant_id').notNull(),
    appId: id('app_id').notNull(),
    hour: instant('hour').notNull(),
    points: count('points'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.appId, t.hour] }), ...tenantPolicies('app_points')],
);
