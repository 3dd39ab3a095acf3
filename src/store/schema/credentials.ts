import { foreignKey, primaryKey, text } from 'drizzle-orm/pg-core';
import { audit, fleetPolicy, id, instant, ownerPolicy } from './columns.ts';
import { tenant } from './tenants.ts';

/**
 * A tenant's secret, sealed: the database alone opens none. Only the tenant's own door sees it; the fleet's door sees which key
 * sealed it, and no more (`after.sql`).
 */
export const credential = audit.table(
  'credential',
  {
    tenantId: id('tenant_id').notNull(),
    credentialId: id('credential_id').notNull(),
    purpose: id('purpose').notNull(),
    sealed: text('sealed').notNull(),
    keyId: id('key_id').notNull(),
    // Of the access token within.
    expiresAt: instant('expires_at'),
    // A leased column and no row lock, because no transaction stays open while the authorization server is asked.
    refreshingBy: id('refreshing_by'),
    refreshingUntil: instant('refreshing_until'),
    // When an exchange was begun whose outcome is not saved: the token inside may have been spent.
    exchangeBeganAt: instant('exchange_began_at'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.credentialId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenant.tenantId] }),
    ownerPolicy('credential'),
    fleetPolicy('credential'),
  ],
);
