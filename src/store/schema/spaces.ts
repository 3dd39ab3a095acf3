import { primaryKey, text } from 'drizzle-orm/pg-core';
import { audit, count, id, ids, instant, noIds, tenantPolicies } from './columns.ts';

/** A space and how its last walk went. */
export const space = audit.table(
  'space',
  {
    tenantId: id('tenant_id').notNull(),
    spaceId: id('space_id').notNull(),
    key: id('key').notNull(),
    name: text('name').notNull(),
    type: id('type').notNull(),
    status: id('status').notNull(),
    homepageId: id('homepage_id'),
    ownerId: id('owner_id'),
    // walked, partial, excluded, refused or gone; null until a walk has judged it.
    state: id('state'),
    excludedBecause: text('excluded_because'),
    pagesSeen: count('pages_seen'),
    pagesLastTime: count('pages_last_time'),
    degraded: count('degraded'),
    missing: count('missing'),
    howKnown: text('how_known'),
    runId: id('run_id'),
    // The beginning of the run that last listed all of the space, that run, and the settings with which it did.
    listedAt: instant('listed_at'),
    listedRunId: id('listed_run_id'),
    listedConfig: id('listed_config'),
    // Since when everything that changed in it has been listed.
    walkedAt: instant('walked_at'),
    // Who said that so many pages which vanished are meant to be gone; holds for the next walk that comes to its end.
    acceptedMissing: count('accepted_missing'),
    acceptedBy: text('accepted_by'),
    acceptedReason: text('accepted_reason'),
    acceptedAt: instant('accepted_at'),
    // Who may view the space: classes of accounts and groups, as of the run that read the permissions.
    readerClasses: ids('reader_classes').notNull().default(noIds),
    readerGroups: ids('reader_groups').notNull().default(noIds),
    permissionRows: count('permission_rows'),
    readersRunId: id('readers_run_id'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.spaceId] }), ...tenantPolicies('space')],
);
