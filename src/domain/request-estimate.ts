import { ROWS, SPACES } from './list-sizes.ts';
import type { Need } from './rule.ts';

/** What a night is going to meet, by the inventory of last time; everything but `spaces` is 0 on a first night. */
export interface Expected {
  /** Spaces that the account sees, audited or not. */
  readonly visibleSpaces: number;
  /** The spaces to walk, in the order of the walk: how much of each kind of content each of them held. */
  readonly spaces: readonly (readonly number[])[];
  /** False where no walk has counted the content of any of these spaces. */
  readonly contentKnown: boolean;
  readonly labels: number;
  /** Users and groups in the lists of readers and editors. */
  readonly principals: number;
  /** Pages that search leaves out or cuts, so that they are read one by one. */
  readonly degraded: number;
  /** Folders above pages that can be read, and those that cannot. */
  readonly folders: { readonly visible: number; readonly hidden: number };
  readonly attachments: number;
  readonly comments: number;
  /** Permissions of each space to walk. */
  readonly permissions: readonly number[];
  /** Archived and trashed pages. */
  readonly shelved: number;
  /** Accounts that nobody has asked about lately. */
  readonly accounts: number;
  /** By kind of content: bodies to read. */
  readonly bodies: readonly number[];
  readonly onCallGroups: number;
}

export interface RequestEstimate {
  /** At least so many where the content is not known. */
  readonly requests: number;
  /** What an hourly quota would count: 1 a request, 1 an object, 2 an identity. */
  readonly points: number;
  readonly contentKnown: boolean;
}

/**
 * What a night will ask of the site. Only what can be known beforehand is counted: writes, confirmations, older versions and pages
 * that are new since last time are not. Points follow https://developer.atlassian.com/cloud/confluence/rate-limiting/, nested
 * objects included, which is the dearest reading of it.
 */
export function estimateRequests(expected: Expected, needs: ReadonlySet<Need>): RequestEstimate {
  const { visibleSpaces, spaces, labels, principals, degraded, folders, accounts, bodies } = expected;
  const kinds = spaces[0]?.length ?? 0;
  const contents = sum(spaces.map(sum));
  const visibleFolders = needs.has('restrictions') ? folders.visible : 0;
  const hiddenFolders = needs.has('restrictions') ? folders.hidden : 0;
  const attachments = needs.has('attachments') ? expected.attachments : null;
  const comments = needs.has('comments') ? expected.comments : null;
  const permissions = needs.has('space-permissions') ? expected.permissions : [];
  const shelved = needs.has('archive') ? expected.shelved : null;
  const wanted = needs.has('body') ? bodies : [];

  const requests = sum([
    1, // Who the credential is.
    list(visibleSpaces),
    ...Array.from({ length: kinds }, (_, kind) =>
      sum(groups(spaces, SPACES.perList).map((some) => list(sum(some.map((space) => space[kind] ?? 0))))),
    ),
    ...groups(spaces, SPACES.perQuery).map((some) => pagesOf(sum(some.map(sum)), ROWS.search)),
    2 * degraded,
    2 * visibleFolders + hiddenFolders,
    attachments === null ? 0 : list(attachments),
    comments === null ? 0 : list(comments),
    ...permissions.map(list),
    shelved === null ? 0 : groups(spaces, SPACES.perList).length - 1 + list(shelved),
    Math.ceil(accounts / ROWS.list),
    ...wanted.map((count) => Math.ceil(count / ROWS.list)),
    expected.onCallGroups > 0 ? 1 : 0,
  ]);
  // Listed once and found once, with labels; folders and the bodies of pages once.
  const objects = sum([
    visibleSpaces,
    2 * contents,
    labels,
    2 * visibleFolders,
    attachments ?? 0,
    comments ?? 0,
    shelved ?? 0,
    sum(wanted),
  ]);
  const identities = 1 + principals + accounts + sum(permissions) + expected.onCallGroups;
  return { requests, points: requests + objects + 2 * identities, contentKnown: expected.contentKnown };
}

/** Even an empty list takes a request. */
const pagesOf = (rows: number, perPage: number): number => Math.max(1, Math.ceil(rows / perPage));
const list = (rows: number): number => pagesOf(rows, ROWS.list);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function groups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
