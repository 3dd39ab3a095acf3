import { index, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import { audit, count, id, ids, instant, tenantPolicies } from './columns.ts';

/**
 * Messages to be delivered: written with the end of a run, composed with the first attempt, the same at each further one. Names the
 * receiver and never its address, which is a secret or a person's.
 */
export const alert = audit.table(
  'alert',
  {
    tenantId: id('tenant_id').notNull(),
    // What a receiver tells repetitions by.
    alertId: id('alert_id').notNull(),
    receiver: id('receiver').notNull(),
    // Whose findings it is about; '' for the message to everybody.
    ownerAccountId: id('owner_account_id').notNull().default(''),
    // The runs that it tells of.
    runIds: ids('run_ids').notNull(),
    // waiting, sent, empty (all had been mended before it was due), or dead
    state: id('state').notNull(),
    // Null until the first attempt.
    digest: jsonb('digest'),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    attempts: count('attempts'),
    firstTriedAt: instant('first_tried_at'),
    leaseOwner: id('lease_owner'),
    leaseUntil: instant('lease_until'),
    settledAt: instant('settled_at'),
    // Why the last attempt failed, without what the receiver answered.
    lastError: text('last_error'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.alertId] }),
    index('alert_by_receiver').on(t.tenantId, t.receiver, t.ownerAccountId, t.createdAt),
    index('alert_waiting').on(t.state, t.dueAt),
    ...tenantPolicies('alert'),
  ],
);
