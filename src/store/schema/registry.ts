import { foreignKey, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import { audit, fleetPolicy, id, instant, ownerPolicy } from './columns.ts';
import { tenant } from './tenants.ts';

/**
 * The tenants whose settings stand in the database and in no file, in the words of a file; secrets only as references. Nobody
 * but the worker reads it: the settings name accounts and commands.
 */
export const registration = audit.table(
  'registration',
  {
    tenantId: id('tenant_id').notNull(),
    site: text('site').notNull(),
    settings: jsonb('settings').notNull(),
    addedAt: instant('added_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenant.tenantId] }),
    ownerPolicy('registration'),
    fleetPolicy('registration'),
  ],
);
