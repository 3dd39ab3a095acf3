import { date, doublePrecision, index, integer, primaryKey } from 'drizzle-orm/pg-core';
import { audit, count, id, tenantPolicies } from './columns.ts';

/** What the scorecards say of a space, as of the end of the latest run. */
export const spaceCount = audit.table(
  'space_count',
  {
    tenantId: id('tenant_id').notNull(),
    spaceKey: id('space_key').notNull(),
    pages: count('pages'),
    runbooks: count('runbooks'),
    healthy: count('healthy'),
    // Of the present runbooks those that were known thirty days before, and those of them that were healthy.
    runbooksThen: count('runbooks_then'),
    healthyThen: count('healthy_then'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.spaceKey] }), ...tenantPolicies('space_count')],
);

/** Findings at the end of each day by their present severity: a row for every day since the first event, without gaps. */
export const findingDay = audit.table(
  'finding_day',
  {
    tenantId: id('tenant_id').notNull(),
    day: date('day').notNull(),
    severity: id('severity').notNull(),
    open: count('open'),
    opened: count('opened'),
    resolved: count('resolved'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.day, t.severity] }),
    // The last weeks of a fleet, however long its history.
    index('finding_day_latest').on(t.day, t.tenantId, t.severity, t.open, t.opened, t.resolved),
    ...tenantPolicies('finding_day'),
  ],
);

/** The calls of each day on which there were any. */
export const usageDay = audit.table(
  'usage_day',
  {
    tenantId: id('tenant_id').notNull(),
    day: date('day').notNull(),
    requests: count('requests'),
    throttled: count('throttled'),
    points: count('points'),
    // Requests of the minute that had the most.
    busiestMinute: integer('busiest_minute').notNull(),
    estimatedRate: doublePrecision('estimated_rate'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.day] }), ...tenantPolicies('usage_day')],
);
