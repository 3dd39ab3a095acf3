import { sql } from 'drizzle-orm/sql';
import { boolean, foreignKey, index, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { audit, count, id, instant, tenantPolicies } from './columns.ts';
import { run } from './tenants.ts';

/** A set of writes that one run proposes, to be carried out exactly or not at all. */
export const plan = audit.table(
  'plan',
  {
    tenantId: id('tenant_id').notNull(),
    planId: id('plan_id').notNull(),
    runId: id('run_id').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.planId] }),
    foreignKey({ columns: [t.tenantId, t.runId], foreignColumns: [run.tenantId, run.runId] }),
    ...tenantPolicies('plan'),
  ],
);

/** The ledger of label writes: an intent is written before the request, its outcome after it, nothing is deleted. */
export const labelWrite = audit.table(
  'label_write',
  {
    tenantId: id('tenant_id').notNull(),
    writeId: id('write_id').notNull(),
    planId: id('plan_id').notNull(),
    runId: id('run_id').notNull(),
    findingId: id('finding_id').notNull(),
    ruleId: id('rule_id').notNull(),
    pageId: id('page_id').notNull(),
    spaceKey: id('space_key').notNull(),
    pageTitle: text('page_title').notNull(),
    pageUrl: text('page_url'),
    pageVersion: integer('page_version').notNull(),
    // add-label or remove-label
    action: id('action').notNull(),
    label: id('label').notNull(),
    reason: text('reason').notNull(),
    severity: id('severity').notNull(),
    undoable: boolean('undoable').notNull(),
    // planned, deferred, intent, unknown, done, failed, refused, skipped, gone or superseded
    state: id('state').notNull(),
    outcome: text('outcome'),
    attempts: count('attempts'),
    dueAt: instant('due_at'),
    plannedAt: instant('planned_at').notNull(),
    executedAt: instant('executed_at'),
    accountId: id('account_id'),
    approvedBy: text('approved_by'),
    undoneAt: instant('undone_at'),
    // us or others: who ended what this write did
    undoneBy: id('undone_by'),
    executedInRun: id('executed_in_run'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.writeId] }),
    foreignKey({ columns: [t.tenantId, t.planId], foreignColumns: [plan.tenantId, plan.planId] }),
    index('label_write_open').on(t.tenantId, t.state).where(sql`state in ('planned', 'deferred', 'intent', 'unknown')`),
    index('label_write_owned').on(t.tenantId, t.pageId, t.label).where(sql`state = 'done'`),
    index('label_write_by_finding').on(t.tenantId, t.findingId),
    ...tenantPolicies('label_write'),
  ],
);
