import type { Account, Attachment, Comment, ContentType, Folder, Group, Label } from '../domain/inventory.ts';
import type { LabelsAndRestrictions, Page, ReaderList } from '../domain/inventory.ts';
import type { Space, SpacePermission, Task, Version } from '../domain/inventory.ts';
import { listAttachments } from './attachments.ts';
import { createBudget } from './budget.ts';
import { listComments } from './comments.ts';
import { folderById } from './folders.ts';
import { createGuard } from './guard.ts';
import { createIdentity, type CurrentUser } from './identity.ts';
import { addLabel, labelsOf, removeLabel } from './labels.ts';
import type { ListPage } from './list.ts';
import type { Pacer } from './pacer.ts';
import { type ById, listBlogPostsInSpaces, listPagesById } from './pages.ts';
import { listPagesInSpace, listPagesInSpaces, listVersions } from './pages.ts';
import { accounts, groupMembers, groups } from './people.ts';
import { checkPermission, type PermissionAnswer } from './permissions.ts';
import type { BodyCaps } from './read-body.ts';
import { createRequest, type ApiCall } from './request.ts';
import { restrictionsOf } from './restrictions.ts';
import { searchLabelsAndRestrictions } from './search.ts';
import { listSpacePermissions, listSpaces } from './spaces.ts';
import { listTasks } from './tasks.ts';
import { createTransport, type Timeouts } from './transport.ts';
import { siteOrigin } from './urls.ts';

export interface ConfluenceOptions {
  /** `https://NAME.atlassian.net`; http only on loopback. */
  readonly site: string;
  /** The value of the Authorization header, asked for each request and kept nowhere. */
  readonly authorize: () => Promise<string>;
  /** Of this site and acting account, shared by all clients of both. */
  readonly pacer: Pacer;
  readonly now: () => Date;
  readonly random: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** When it fires nothing more is sent; what is in flight gets a few seconds to end. */
  readonly signal?: AbortSignal | undefined;
  /** Every attempt counts. Spent: `budget-spent` or `time-spent`, before anything is sent. */
  readonly budget: { readonly requests: number; readonly until: Date };
  readonly maxConcurrency: number;
  readonly onCall?: ((call: ApiCall) => void) | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly caps?: Partial<BodyCaps> | undefined;
}

interface At {
  readonly cursor?: string | null;
}

/** A tenant's Confluence as its account sees it. Every failure is an AuditError; lists are read page by page (`paginate`). */
export interface Confluence {
  currentUser(): Promise<CurrentUser>;
  proveIdentity(expectedAccountId: string | null): Promise<{ accountId: string; displayName: string }>;
  spaces(q: At & { keys?: readonly string[] }): Promise<ListPage<Space>>;
  pagesInSpace(q: At & { spaceId: string }): Promise<ListPage<Page>>;
  pagesInSpaces(q: At & { spaceIds: readonly string[]; statuses?: readonly string[] }): Promise<ListPage<Page>>;
  pagesById(q: ById): Promise<ListPage<Page>>;
  blogPostsInSpaces(q: At & { spaceIds: readonly string[]; withBody?: boolean }): Promise<ListPage<Page>>;
  folder(id: string): Promise<Folder>;
  attachments(q: At): Promise<ListPage<Attachment>>;
  labelsAndRestrictions(
    q: At & { spaceKeys?: readonly string[]; pageIds?: readonly string[]; contentTypes?: readonly ContentType[] },
  ): Promise<ListPage<LabelsAndRestrictions>>;
  labelsOf(pageId: string, contentType?: ContentType): Promise<Label[]>;
  restrictionsOf(pageId: string): Promise<{ read: ReaderList; update: ReaderList; truncated: boolean }>;
  versions(pageId: string, q?: At & { contentType?: ContentType }): Promise<ListPage<Version>>;
  /** Of the whole site, replies included; of one page without them. */
  inlineComments(q: At & { pageId?: string }): Promise<ListPage<Comment>>;
  footerComments(q: At & { pageId?: string }): Promise<ListPage<Comment>>;
  tasks(
    q: At & { spaceIds?: readonly string[]; pageIds?: readonly string[]; status?: 'complete' | 'incomplete' },
  ): Promise<ListPage<Task>>;
  spacePermissions(q: At & { spaceId: string }): Promise<ListPage<SpacePermission>>;
  accounts(ids: readonly string[]): Promise<Account[]>;
  groups(): Promise<Group[]>;
  groupMembers(groupId: string): Promise<Account[]>;
  checkPermission(
    pageId: string,
    subject: { readonly type: 'user' | 'group'; readonly id: string },
    operation: 'read' | 'update',
  ): Promise<PermissionAnswer>;
  /** Where it may or may not have been done, the error satisfies `isOutcomeUnknown`. */
  addLabel(pageId: string, name: string): Promise<Label[]>;
  removeLabel(pageId: string, name: string): Promise<void>;
  /** Requests sent so far, every attempt counted. */
  requestsSent(): number;
  close(): Promise<void>;
}

export function createConfluence(options: ConfluenceOptions): Confluence {
  const { origin } = siteOrigin(options.site);
  const transport = createTransport({ ...options, origin, connections: options.maxConcurrency });
  const budget = createBudget(options.budget, options.now);
  const request = createRequest({ ...options, origin, transport, budget });
  const identity = createIdentity({ ...options, ask: request });
  const ask = createGuard({ ask: request, identity });

  return {
    currentUser: () => identity.currentUser(),
    proveIdentity: (expected) => identity.prove(expected),
    spaces: (q) => listSpaces(ask, q),
    pagesInSpace: (q) => listPagesInSpace(ask, q),
    pagesInSpaces: (q) => listPagesInSpaces(ask, q),
    pagesById: (q) => listPagesById(ask, q),
    blogPostsInSpaces: (q) => listBlogPostsInSpaces(ask, q),
    folder: (id) => folderById(ask, id),
    attachments: (q) => listAttachments(ask, q),
    labelsAndRestrictions: (q) => searchLabelsAndRestrictions(ask, q),
    labelsOf: (pageId, contentType = 'page') => labelsOf(ask, pageId, contentType),
    restrictionsOf: (pageId) => restrictionsOf(ask, pageId),
    versions: (pageId, q) => listVersions(ask, { pageId, ...q }),
    inlineComments: (q) => listComments(ask, 'inline', q),
    footerComments: (q) => listComments(ask, 'footer', q),
    tasks: (q) => listTasks(ask, q),
    spacePermissions: (q) => listSpacePermissions(ask, q),
    accounts: (ids) => accounts(ask, ids),
    groups: () => groups(ask),
    groupMembers: (groupId) => groupMembers(ask, groupId),
    checkPermission: (pageId, subject, operation) => checkPermission(ask, pageId, subject, operation),
    addLabel: (pageId, name) => addLabel(ask, pageId, name),
    removeLabel: (pageId, name) => removeLabel(ask, pageId, name),
    requestsSent: () => budget.spent(),
    close: () => transport.close(),
  };
}
