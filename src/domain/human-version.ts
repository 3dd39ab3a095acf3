import type { Account, Page, Version } from './inventory.ts';

/** Whose versions set the freshness clock. */
export interface ClockRules {
  readonly accounts: ReadonlyMap<string, Account>;
  /** Account ids. */
  readonly ignoreAuthors: readonly string[];
  readonly minorEdits: 'ignore' | 'count';
  /** Numbers of versions of this page that our own ledger wrote. */
  readonly ownVersions: ReadonlySet<number>;
}

export type IgnoredBecause = 'own' | 'listed' | 'app' | 'minor';
type Ignored = Readonly<Partial<Record<IgnoredBecause, number>>>;

/** The newest version that counts, as known when the page was at version `upTo`. Plain JSON, so that it can be stored. */
export interface HumanVersion {
  readonly upTo: number;
  /** Null where no version counts. */
  readonly version: Version | null;
  /** How many newer versions do not count, by cause. */
  readonly ignored: Ignored;
}

/** Why a version does not set the clock, or null where it does. Accounts that are not known are taken for people. */
function ignoredBecause(version: Version, rules: ClockRules): IgnoredBecause | null {
  if (rules.ownVersions.has(version.number)) return 'own';
  if (version.authorId !== null) {
    if (rules.ignoreAuthors.includes(version.authorId)) return 'listed';
    if (rules.accounts.get(version.authorId)?.type === 'app') return 'app';
  }
  return version.minorEdit && rules.minorEdits === 'ignore' ? 'minor' : null;
}

/**
 * Picks from a list of versions, in any order. `complete` says that the list reaches back to the first version that is kept;
 * where it does not and nothing in it counts, the answer is null: read on.
 */
export function pickHumanVersion(
  versions: readonly Version[],
  rules: ClockRules,
  { complete }: { readonly complete: boolean },
): HumanVersion | null {
  const newestFirst = versions.toSorted((a, b) => b.number - a.number);
  const upTo = newestFirst[0]?.number;
  if (upTo === undefined) return null;
  let ignored: Ignored = {};
  for (const version of newestFirst) {
    const because = ignoredBecause(version, rules);
    if (because === null) return { upTo, version, ignored };
    ignored = oneMore(ignored, because);
  }
  return complete ? { upTo, version: null, ignored } : null;
}

/**
 * Brings what is stored up to the page's present version without a request, or answers null where the list of versions has
 * to be read. A bot that edits nightly costs nothing this way, as long as each night sees its version.
 */
export function carryHumanVersion(
  page: Pick<Page, 'version'>,
  stored: HumanVersion | null,
  rules: ClockRules,
): HumanVersion | null {
  const { version } = page;
  const because = ignoredBecause(version, rules);
  if (because === null) return { upTo: version.number, version, ignored: {} };
  if (version.number === 1) return { upTo: 1, version: null, ignored: { [because]: 1 } };
  if (stored === null || (stored.version !== null && ignoredBecause(stored.version, rules) !== null)) return null;
  if (stored.upTo === version.number) return stored;
  return stored.upTo === version.number - 1
    ? { upTo: version.number, version: stored.version, ignored: oneMore(stored.ignored, because) }
    : null;
}

const oneMore = (ignored: Ignored, because: IgnoredBecause): Ignored => ({
  ...ignored,
  [because]: (ignored[because] ?? 0) + 1,
});
