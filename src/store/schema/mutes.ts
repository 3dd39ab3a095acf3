import { index, primaryKey, text } from 'drizzle-orm/pg-core';
import { audit, count, id, instant, tenantPolicies } from './columns.ts';

/** Who accepted which findings, why and until when. Conditions are LIKE patterns; those that are null ask nothing. */
export const mute = audit.table(
  'mute',
  {
    tenantId: id('tenant_id').notNull(),
    muteId: id('mute_id').notNull(),
    // config, command or baseline; a baseline holds what was open on its day and nothing later.
    source: id('source').notNull(),
    findingId: id('finding_id'),
    rule: id('rule'),
    space: id('space'),
    page: id('page'),
    label: id('label'),
    reason: text('reason').notNull(),
    mutedBy: text('muted_by').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
    // Findings that it held when mutes were last settled.
    matched: count('matched'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.muteId] }),
    index('mute_by_finding').on(t.tenantId, t.findingId),
    ...tenantPolicies('mute'),
  ],
);
