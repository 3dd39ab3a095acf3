import { jsonb, primaryKey, unique } from 'drizzle-orm/pg-core';
import { count, fleet, grantPolicies, id, instant } from './columns.ts';

/** Which database role may read which tenant in schema `report`; a null tenant means all of them. */
export const readerGrant = fleet.table(
  'reader_grant',
  { roleName: id('role_name').notNull(), tenantId: id('tenant_id') },
  (t) => [unique('reader_grant_once').on(t.roleName, t.tenantId).nullsNotDistinct(), ...grantPolicies()],
);

/**
 * What is believed of one account on one site, for all processes; `pace_key` is a hash, so that it names neither. No tenant's
 * row: two tenants may share a site.
 */
export const pace = fleet.table('pace', {
  paceKey: id('pace_key').primaryKey(),
  state: jsonb('state').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** The points that all tenants of an OAuth app spent in one UTC hour; nobody asks before `closed_until`. */
export const appHour = fleet.table(
  'app_hour',
  {
    appId: id('app_id').notNull(),
    hour: instant('hour').notNull(),
    points: count('points'),
    closedUntil: instant('closed_until'),
  },
  (t) => [primaryKey({ columns: [t.appId, t.hour] })],
);

/**
 * Which sites are registered, so that no two tenants have one, whoever asks at the same time. `site_key` is a hash: nobody can read
 * here who the customers are.
 */
export const siteClaim = fleet.table('site_claim', { siteKey: id('site_key').primaryKey() });
