import { sql } from 'drizzle-orm/sql';
import { bigint, boolean, foreignKey, index, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import { audit, id, ids, instant, noIds, tenantPolicies } from './columns.ts';

/** A page or blog post: what the lists say, and what was worked out from it. Rows that did not change are not rewritten. */
export const page = audit.table(
  'page',
  {
    tenantId: id('tenant_id').notNull(),
    pageId: id('page_id').notNull(),
    spaceId: id('space_id').notNull(),
    contentType: id('content_type').notNull(),
    status: id('status').notNull(),
    subtype: id('subtype'),
    title: text('title').notNull(),
    parentId: id('parent_id'),
    parentType: id('parent_type'),
    authorId: id('author_id'),
    ownerId: id('owner_id'),
    createdAt: instant('created_at').notNull(),
    versionNumber: integer('version_number').notNull(),
    versionAt: instant('version_at').notNull(),
    versionAuthorId: id('version_author_id'),
    versionMinor: boolean('version_minor').notNull(),
    webui: text('webui'),
    labels: jsonb('labels').notNull().default([]),
    readUsers: ids('read_users').notNull().default(noIds),
    readGroups: ids('read_groups').notNull().default(noIds),
    updateUsers: ids('update_users').notNull().default(noIds),
    updateGroups: ids('update_groups').notNull().default(noIds),
    restrictionsKnown: boolean('restrictions_known').notNull().default(false),
    // Facts without their links, which are rows of page_link.
    facts: jsonb('facts'),
    factsVersion: id('facts_version'),
    factsOfVersion: integer('facts_of_version'),
    humanVersion: jsonb('human_version'),
    // Who wrote versions of the page, and up to which one.
    contributors: jsonb('contributors'),
    // What content property and status attest, where they were asked for.
    marks: jsonb('marks'),
    isRunbook: boolean('is_runbook').notNull().default(false),
    exempt: boolean('exempt').notNull().default(false),
    profileId: id('profile_id'),
    freshAt: instant('fresh_at'),
    freshBecause: id('fresh_because'),
    firstSeenAt: instant('first_seen_at').notNull(),
    goneAt: instant('gone_at'),
    goneBecause: id('gone_because'),
    runIdChanged: id('run_id_changed').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.pageId] }),
    index('page_by_space').on(t.tenantId, t.spaceId),
    // What the scorecards count.
    index('page_counted')
      .on(t.tenantId, t.spaceId, t.isRunbook, t.exempt, t.pageId, t.firstSeenAt)
      .where(sql`gone_at is null and content_type in ('page', 'blogpost')`),
    ...tenantPolicies('page'),
  ],
);

export const pageLink = audit.table(
  'page_link',
  {
    tenantId: id('tenant_id').notNull(),
    pageId: id('page_id').notNull(),
    ord: integer('ord').notNull(),
    kind: id('kind').notNull(),
    title: text('title'),
    spaceKey: id('space_key'),
    anchor: text('anchor'),
    url: text('url'),
    accountId: id('account_id'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.pageId, t.ord] }),
    foreignKey({ columns: [t.tenantId, t.pageId], foreignColumns: [page.tenantId, page.pageId] }).onDelete('cascade'),
    ...tenantPolicies('page_link'),
  ],
);

export const attachment = audit.table(
  'attachment',
  {
    tenantId: id('tenant_id').notNull(),
    attachmentId: id('attachment_id').notNull(),
    pageId: id('page_id').notNull(),
    title: text('title').notNull(),
    mediaType: text('media_type').notNull(),
    fileSize: bigint('file_size', { mode: 'number' }),
    status: id('status').notNull(),
    versionNumber: integer('version_number').notNull(),
    versionAt: instant('version_at').notNull(),
    authorId: id('author_id'),
    versionMinor: boolean('version_minor').notNull(),
    goneAt: instant('gone_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.attachmentId] }),
    index('attachment_by_page').on(t.tenantId, t.pageId),
    ...tenantPolicies('attachment'),
  ],
);

/** A comment on a passage of a page, without its text and without the replies to it. */
export const comment = audit.table(
  'comment',
  {
    tenantId: id('tenant_id').notNull(),
    commentId: id('comment_id').notNull(),
    pageId: id('page_id').notNull(),
    // open, reopened, resolved, dangling, …
    resolution: id('resolution').notNull(),
    createdAt: instant('created_at').notNull(),
    goneAt: instant('gone_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.commentId] }),
    index('comment_by_page').on(t.tenantId, t.pageId),
    ...tenantPolicies('comment'),
  ],
);

export const account = audit.table(
  'account',
  {
    tenantId: id('tenant_id').notNull(),
    accountId: id('account_id').notNull(),
    displayName: text('display_name').notNull(),
    type: id('type').notNull(),
    status: id('status').notNull(),
    seenAt: instant('seen_at').notNull(),
    // Atlassian is told once a cycle whose name is stored here; not before this moment again.
    reportDueAt: instant('report_due_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.accountId] }), ...tenantPolicies('account')],
);

/** The resolved options of every rule for some set of pages; pages name it, so set rules honour overrides. */
export const ruleProfile = audit.table(
  'rule_profile',
  { tenantId: id('tenant_id').notNull(), profileId: id('profile_id').notNull(), rules: jsonb('rules').notNull() },
  (t) => [primaryKey({ columns: [t.tenantId, t.profileId] }), ...tenantPolicies('rule_profile')],
);

/** What Confluence answered when asked whether somebody may do something, valid while the restrictions are the same. */
export const permissionCheck = audit.table(
  'permission_check',
  {
    tenantId: id('tenant_id').notNull(),
    pageId: id('page_id').notNull(),
    subjectType: id('subject_type').notNull(),
    subjectId: id('subject_id').notNull(),
    operation: id('operation').notNull(),
    restrictionHash: id('restriction_hash').notNull(),
    answer: boolean('answer').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.pageId, t.subjectType, t.subjectId, t.operation] }),
    ...tenantPolicies('permission_check'),
  ],
);
