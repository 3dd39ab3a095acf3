import { jsonb, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { fleet, grantPolicies, id, instant } from './columns.ts';

/** What the pacer knows of a site's rate, shared by all processes that act as the same account. */
export const pacer = fleet.table(
  'pacer',
  {
    site: text('site').notNull(),
    accountId: id('account_id').notNull(),
    endpointClass: id('endpoint_class').notNull(),
    state: jsonb('state').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.accountId, t.endpointClass] })],
);

/** Which database role may read which tenant in schema `report`; a null tenant means all of them. */
export const readerGrant = fleet.table(
  'reader_grant',
  { roleName: id('role_name').notNull(), tenantId: id('tenant_id') },
  (t) => [unique('reader_grant_once').on(t.roleName, t.tenantId).nullsNotDistinct(), ...grantPolicies()],
);
