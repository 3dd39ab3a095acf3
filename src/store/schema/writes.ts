import { sql } from 'drizzle-orm/sql';
import { boolean, foreignKey, index, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { audit, count, id, instant, tenantPolicies } from './columns.ts';
import { run } from './tenants.ts';

/**
 * A set of writes that one run proposes, to be carried out exactly or not at all. Those of an audit follow from its findings, those of an
 * undo from what another run did.
 */
export const plan = audit.table(
  'plan',
  {
    tenantId: id('tenant_id').notNull(),
    planId: id('plan_id').notNull(),
    runId: id('run_id').notNull(),
    // audit or undo
    kind: id('kind').notNull().default('audit'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    // Everything that was wanted, deferred included: the history that a later plan is held against.
    wanted: count('wanted'),
    // Why the breaker keeps it from being carried out; null where it does not.
    refusedBecause: text('refused_because'),
    overrideReason: text('override_reason'),
    approvedBy: text('approved_by'),
    approvedAt: instant('approved_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.planId] }),
    foreignKey({ columns: [t.tenantId, t.runId], foreignColumns: [run.tenantId, run.runId] }),
    index('plan_latest').on(t.tenantId, t.createdAt),
    ...tenantPolicies('plan'),
  ],
);

/** The ledger of writes to a site: an intent is recorded before the request, its outcome after it, and nothing that was tried is deleted. */
export const pageWrite = audit.table(
  'page_write',
  {
    tenantId: id('tenant_id').notNull(),
    writeId: id('write_id').notNull(),
    planId: id('plan_id').notNull(),
    runId: id('run_id').notNull(),
    findingId: id('finding_id').notNull(),
    ruleId: id('rule_id').notNull(),
    // Of the settings that ask for it.
    actionName: id('action_name'),
    pageId: id('page_id').notNull(),
    spaceKey: id('space_key').notNull(),
    pageTitle: text('page_title').notNull(),
    pageUrl: text('page_url'),
    pageVersion: integer('page_version').notNull(),
    // A member of WRITE_ACTIONS.
    action: id('action').notNull(),
    // The label, the key of the content property or the name of the comment; empty for an archived or trashed page.
    mark: id('mark').notNull(),
    // What is written: a comment in storage format, the JSON of a property.
    content: text('content'),
    reason: text('reason').notNull(),
    severity: id('severity').notNull(),
    undoable: boolean('undoable').notNull(),
    // Only `apply` with somebody's name carries it out.
    needsApproval: boolean('needs_approval').notNull().default(false),
    // Requests beside those that look at many pages at once.
    cost: integer('cost').notNull().default(1),
    // planned, deferred, intent, unknown, done, failed, refused, skipped, gone, stranded or superseded
    state: id('state').notNull(),
    outcome: text('outcome'),
    attempts: count('attempts'),
    dueAt: instant('due_at'),
    plannedAt: instant('planned_at').notNull(),
    executedAt: instant('executed_at'),
    accountId: id('account_id'),
    approvedBy: text('approved_by'),
    undoneAt: instant('undone_at'),
    // us, others or undo: who ended what this write did
    undoneBy: id('undone_by'),
    // The write that this one takes back.
    undoes: id('undoes'),
    executedInRun: id('executed_in_run'),
    // Of the comment or property on the site, with the version that we wrote, or of the long task of an archive.
    remoteId: id('remote_id'),
    remoteVersion: integer('remote_version'),
    // Where a page that was put back belongs.
    parentId: id('parent_id'),
    // The version of the page that this write made: no sign of life of anybody.
    madeVersion: integer('made_version'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.writeId] }),
    foreignKey({ columns: [t.tenantId, t.planId], foreignColumns: [plan.tenantId, plan.planId] }),
    index('page_write_open').on(t.tenantId, t.state).where(sql`state in ('planned', 'deferred', 'intent', 'unknown')`),
    index('page_write_done').on(t.tenantId, t.pageId, t.mark).where(sql`state = 'done'`),
    index('page_write_by_finding').on(t.tenantId, t.findingId),
    index('page_write_by_run').on(t.tenantId, t.executedInRun),
    ...tenantPolicies('page_write'),
  ],
);
