import { index, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import { audit, id, instant, tenantPolicies, writtenIn } from './columns.ts';

/**
 * What people did here, one row for each tenant concerned. What concerns the installation as a whole is under the tenant `*`, so the
 * same policies hold: no tenant's door shows it, the fleet's does, and so it does to readers of all tenants.
 * Partitioned by month of `at` (written by hand in the migration); never updated.
 */
export const adminAct = audit.table(
  'admin_act',
  {
    tenantId: id('tenant_id').notNull(),
    at: instant('at').notNull(),
    actId: id('act_id').notNull(),
    // user@host of the process
    actor: text('actor').notNull(),
    action: id('action').notNull(),
    // What it was done to, where that is not the tenant itself: a plan, a finding, a role.
    subject: text('subject'),
    // In the words of whoever did it, where the command asks for a reason.
    reason: text('reason'),
    detail: jsonb('detail').notNull().default({}),
    tx: writtenIn(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.at, t.actId] }),
    index('admin_act_by_tx').on(t.tx, t.actId),
    ...tenantPolicies('admin_act'),
  ],
);
