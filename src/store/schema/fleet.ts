import { unique } from 'drizzle-orm/pg-core';
import { fleet, grantPolicies, id } from './columns.ts';

/** Which database role may read which tenant in schema `report`; a null tenant means all of them. */
export const readerGrant = fleet.table(
  'reader_grant',
  { roleName: id('role_name').notNull(), tenantId: id('tenant_id') },
  (t) => [unique('reader_grant_once').on(t.roleName, t.tenantId).nullsNotDistinct(), ...grantPolicies()],
);
