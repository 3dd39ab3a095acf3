import { IDS_PER_QUERY, ROWS, SPACES } from './list-sizes.ts';
import type { Need } from './rule.ts';
import { groupSpaces } from './space-groups.ts';

/** What a night is going to meet, by the inventory of last time or by the site's own count; 0 where nobody knows. */
export interface Expected {
  /** Spaces that the account sees, audited or not. */
  readonly visibleSpaces: number;
  /** The spaces to list in full, in the order of the walk: how much of each kind of content each of them held. */
  readonly spaces: readonly (readonly number[])[];
  /** The spaces of which what changed is listed, and how much that may be of each kind. */
  readonly changed: { readonly spaces: number; readonly rows: readonly number[] };
  /** Where the numbers of pages come from; null where they are not known. */
  readonly countedBy: 'inventory' | 'site' | null;
  /** How much is in each of the spaces that are searched for labels and restrictions page by page. */
  readonly searched: readonly number[];
  /** Pages that a search for labels which decide something finds; null where none is made. */
  readonly ofInterest: number | null;
  /** Pages and folders whose labels and restrictions are read by id. */
  readonly byId: number;
  readonly labels: number;
  /** Users and groups in the lists of readers and editors. */
  readonly principals: number;
  /** Pages that search leaves out or cuts, so that they are read one by one. */
  readonly degraded: number;
  /** Folders to read: those that can be read, and those that cannot. */
  readonly folders: { readonly visible: number; readonly hidden: number };
  readonly attachments: number;
  readonly comments: number;
  /** Permissions of each space that is listed in full. */
  readonly permissions: readonly number[];
  /** Archived and trashed pages of these spaces. */
  readonly shelved: number;
  /** Accounts that nobody has asked about lately. */
  readonly accounts: number;
  /** By kind of content: bodies to read. */
  readonly bodies: readonly number[];
  readonly onCallGroups: number;
  /** Requests that were made to count the site. */
  readonly counting: number;
}

export interface RequestEstimate {
  /** At least so many where the content is not known. */
  readonly requests: number;
  /** What an hourly quota would count: 1 a request, 1 an object, 2 an identity. */
  readonly points: number;
  readonly countedBy: Expected['countedBy'];
}

/**
 * What a night will ask of the site. Only what can be known beforehand is counted: writes, confirmations, older versions and pages
 * that are new since last time are not. Points follow https://developer.atlassian.com/cloud/confluence/rate-limiting/, nested
 * objects included, which is the dearest reading of it.
 */
export function estimateRequests(expected: Expected, needs: ReadonlySet<Need>): RequestEstimate {
  const { visibleSpaces, spaces, changed, searched, ofInterest, byId, degraded, accounts, bodies } = expected;
  const kinds = spaces[0]?.length ?? 0;
  const folders = needs.has('restrictions') ? expected.folders : { visible: 0, hidden: 0 };
  const attachments = needs.has('attachments') ? expected.attachments : null;
  const comments = needs.has('comments') ? expected.comments : null;
  const permissions = needs.has('space-permissions') ? expected.permissions : [];
  const shelved = needs.has('archive') ? expected.shelved : null;
  const wanted = needs.has('body') ? bodies : [];
  const groups = groupSpaces(spaces, sum);
  const changedLists = Math.ceil(changed.spaces / SPACES.perList);

  const requests = sum([
    1, // Who the credential is.
    expected.counting,
    list(visibleSpaces),
    ...Array.from({ length: kinds }, (_, kind) =>
      sum(groups.map((some) => list(sum(some.map((space) => space[kind] ?? 0))))),
    ),
    ...(changedLists === 0 ? [] : changed.rows.map((rows) => changedLists - 1 + list(rows))),
    ...groupSpaces(searched, (rows) => rows, SPACES.perQuery).map((some) => pagesOf(sum(some), ROWS.search)),
    ofInterest === null ? 0 : pagesOf(ofInterest, ROWS.search),
    Math.ceil(byId / IDS_PER_QUERY),
    2 * degraded,
    folders.visible + folders.hidden,
    attachments === null ? 0 : list(attachments),
    comments === null ? 0 : list(comments),
    ...permissions.map(list),
    shelved === null || spaces.length === 0 ? 0 : Math.ceil(spaces.length / SPACES.perList) - 1 + list(shelved),
    Math.ceil(accounts / ROWS.list),
    ...wanted.map((count) => Math.ceil(count / ROWS.list)),
    expected.onCallGroups > 0 ? 1 : 0,
  ]);
  // Listed once and found once, with labels; folders and the bodies of pages once.
  const objects = sum([
    visibleSpaces,
    sum(spaces.map(sum)),
    sum(changed.rows),
    sum(searched),
    ofInterest ?? 0,
    byId,
    expected.labels,
    folders.visible,
    attachments ?? 0,
    comments ?? 0,
    shelved ?? 0,
    sum(wanted),
  ]);
  const identities = 1 + expected.principals + accounts + sum(permissions) + expected.onCallGroups;
  return { requests, points: requests + objects + 2 * identities, countedBy: expected.countedBy };
}

/** Even an empty list takes a request. */
const pagesOf = (rows: number, perPage: number): number => Math.max(1, Math.ceil(rows / perPage));
const list = (rows: number): number => pagesOf(rows, ROWS.list);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
