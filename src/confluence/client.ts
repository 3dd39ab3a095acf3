import type { LookupFunction } from 'node:net';
import type { Account, Comment, ContentType, Folder, Group, Label } from '../domain/inventory.ts';
import type { LabelsAndRestrictions, Page, ReaderList } from '../domain/inventory.ts';
import type { Space, SpacePermission, Task, Version } from '../domain/inventory.ts';
import { statusOf } from './attestations.ts';
import { type ListedAttachment, listAttachments, type OfSite } from './attachments.ts';
import { createBudget } from './budget.ts';
import type { Endpoint } from './endpoints.ts';
import { listComments } from './comments.ts';
import { countBySearch } from './count.ts';
import type { Searched } from './cql.ts';
import { folderById } from './folders.ts';
import { createGuard } from './guard.ts';
import { createIdentity, type CurrentUser } from './identity.ts';
import { labelsOf } from './labels.ts';
import type { ListPage } from './list.ts';
import type { MayAsk } from './may-ask.ts';
import type { Pacer } from './pacer.ts';
import {
  type ById,
  type InSpaces,
  listBlogPostsInSpaces,
  listPagesById,
  listPagesInSpace,
  listPagesInSpaces,
  listVersions,
} from './pages.ts';
import type { Quota } from './quota.ts';
import { accounts, groupMembers, groups } from './people.ts';
import { checkPermission, type PermissionAnswer } from './permissions.ts';
import { propertyOf } from './properties.ts';
import type { BodyCaps } from './read-body.ts';
import { API_BASE, atGateway, atSite, type Place } from './place.ts';
import { createRequest, type ApiCall } from './request.ts';
import { restrictionsOf } from './restrictions.ts';
import { missingScopes } from './scope-probe.ts';
import { searchLabelsAndRestrictions } from './search.ts';
import { listSpacePermissions, listSpaces } from './spaces.ts';
import { listTasks } from './tasks.ts';
import { createTransport, type Timeouts, type Wire } from './transport.ts';
import { siteOrigin } from './urls.ts';
import { createWriteBack, type WriteBack } from './write-back.ts';

export interface ConfluenceOptions {
  /** `https://NAME.atlassian.net`; http only on loopback. */
  readonly site: string;
  /** The value of the Authorization header, asked for each request and kept nowhere. */
  readonly authorize: () => Promise<string>;
  /** For credentials that go through Atlassian's gateway; asked before the first request, until it answers. */
  readonly cloudId?: (() => Promise<string>) | undefined;
  /** Atlassian's API host: the gateway, and what links to it begin with. */
  readonly apiBase?: string | undefined;
  /** Of this site and acting account, shared by all clients of both. */
  readonly pacer: Pacer;
  /** The tenant's part of an OAuth app's points; absent for those who sign in otherwise. */
  readonly quota?: Quota | undefined;
  readonly now: () => Date;
  readonly random: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** When it fires nothing more is sent; what is in flight gets a few seconds to end. */
  readonly signal?: AbortSignal | undefined;
  /** Every attempt counts. Spent: `budget-spent` or `time-spent`, before anything is sent. */
  readonly budget: { readonly requests: number; readonly until: Date };
  readonly maxConcurrency: number;
  readonly onCall?: ((call: ApiCall) => void) | undefined;
  /** Asked right before each request is sent. */
  readonly mayAsk?: MayAsk | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly caps?: Partial<BodyCaps> | undefined;
  /** How names become addresses. */
  readonly lookup?: LookupFunction | undefined;
  readonly wire?: Wire | undefined;
}

interface At {
  readonly cursor?: string | null;
  /** Rows of a list page; as many as the endpoint gives unless said otherwise. */
  readonly limit?: number | undefined;
}

/** A tenant's Confluence as its account sees it. Every failure is an AuditError; lists are read page by page (`paginate`). */
export interface Confluence extends WriteBack {
  currentUser(): Promise<CurrentUser>;
  /** The cloud id is null for a tenant that is called at its own host. */
  proveIdentity(
    expectedAccountId: string | null,
  ): Promise<{ accountId: string; displayName: string; cloudId: string | null }>;
  /** Those scopes among what the endpoints take that the token lacks; found out without an effect on the site. */
  missingScopes(endpoints: readonly Endpoint[]): Promise<readonly string[]>;
  spaces(q: At & { keys?: readonly string[] }): Promise<ListPage<Space>>;
  pagesInSpace(q: Omit<InSpaces, 'spaceIds' | 'statuses'> & { spaceId: string }): Promise<ListPage<Page>>;
  pagesInSpaces(q: InSpaces): Promise<ListPage<Page>>;
  pagesById(q: ById): Promise<ListPage<Page>>;
  blogPostsInSpaces(q: InSpaces & { readonly withBody?: boolean }): Promise<ListPage<Page>>;
  folder(id: string): Promise<Folder>;
  attachments(q: OfSite): Promise<ListPage<ListedAttachment>>;
  labelsAndRestrictions(q: At & Searched): Promise<ListPage<LabelsAndRestrictions>>;
  /** By the site's own estimate. */
  countBySearch(q: Searched): Promise<number>;
  labelsOf(pageId: string, contentType?: ContentType): Promise<Label[]>;
  restrictionsOf(pageId: string): Promise<{ read: ReaderList; update: ReaderList; truncated: boolean }>;
  versions(pageId: string, q?: At & { contentType?: ContentType }): Promise<ListPage<Version>>;
  /** Any JSON; undefined where the page has no content property of that key. */
  propertyOf(pageId: string, key: string): Promise<unknown>;
  /** The content status of a page and when it was given. */
  statusOf(pageId: string): Promise<{ readonly name: string; readonly at: string } | null>;
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
  /** Requests sent so far, every attempt counted. */
  requestsSent(): number;
  /** Requests a second that the site is believed to allow for reads; null where none was made. */
  estimatedRate(): number | null;
  close(): Promise<void>;
}

export function createConfluence(options: ConfluenceOptions): Confluence {
  const { origin } = siteOrigin(options.site);
  const place = rememberedPlace(origin, options);
  const transport = createTransport({ ...options, place, connections: options.maxConcurrency });
  const budget = createBudget(options.budget, options.now);
  const request = createRequest({ ...options, origin, place, transport, budget });
  const identity = createIdentity({ ...options, ask: request });
  const ask = createGuard({ ask: request, identity });

  return {
    ...createWriteBack(ask),
    currentUser: () => identity.currentUser(),
    async proveIdentity(expected) {
      const proved = await identity.prove(expected);
      return { ...proved, cloudId: (await place()).cloudId };
    },
    missingScopes: (endpoints) => missingScopes(request, endpoints),
    spaces: (q) => listSpaces(ask, q),
    pagesInSpace: (q) => listPagesInSpace(ask, q),
    pagesInSpaces: (q) => listPagesInSpaces(ask, q),
    pagesById: (q) => listPagesById(ask, q),
    blogPostsInSpaces: (q) => listBlogPostsInSpaces(ask, q),
    folder: (id) => folderById(ask, id),
    attachments: (q) => listAttachments(ask, q),
    labelsAndRestrictions: (q) => searchLabelsAndRestrictions(ask, q),
    countBySearch: (q) => countBySearch(ask, q),
    labelsOf: (pageId, contentType = 'page') => labelsOf(ask, pageId, contentType),
    restrictionsOf: (pageId) => restrictionsOf(ask, pageId),
    versions: (pageId, q) => listVersions(ask, { pageId, ...q }),
    propertyOf: (pageId, key) => propertyOf(ask, pageId, key),
    statusOf: (pageId) => statusOf(ask, pageId),
    inlineComments: (q) => listComments(ask, 'inline', q),
    footerComments: (q) => listComments(ask, 'footer', q),
    tasks: (q) => listTasks(ask, q),
    spacePermissions: (q) => listSpacePermissions(ask, q),
    accounts: (ids) => accounts(ask, ids),
    groups: () => groups(ask),
    groupMembers: (groupId) => groupMembers(ask, groupId),
    checkPermission: (pageId, subject, operation) => checkPermission(ask, pageId, subject, operation),
    requestsSent: () => budget.spent(),
    estimatedRate: () => options.pacer.believed('read'),
    close: async () => {
      await options.quota?.flush();
      await transport.close();
    },
  };
}

/** Where the tenant is called, found out once; a failure is not remembered. */
function rememberedPlace(
  origin: string,
  { cloudId, apiBase = API_BASE }: Pick<ConfluenceOptions, 'cloudId' | 'apiBase'>,
): () => Promise<Place> {
  if (cloudId === undefined) return async () => atSite(origin, apiBase);
  let asked: Promise<Place> | null = null;
  return () => {
    asked ??= cloudId()
      .then((id) => atGateway(origin, apiBase, id))
      .catch((error: unknown) => {
        asked = null;
        throw error;
      });
    return asked;
  };
}
