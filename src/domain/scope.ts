import { firstMatch } from './glob.ts';

/** Which spaces are audited; keys may hold `*` and `?`. */
export interface SpaceScope {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly excludeTypes: readonly string[];
}

/** What makes a page a runbook: any of the lists, and none of `not`. Everything but `ancestors` may hold `*` and `?`. */
export interface RunbookScope {
  readonly labels: readonly string[];
  readonly titles: readonly string[];
  readonly spaces: readonly string[];
  readonly ancestors: readonly string[];
  readonly not: { readonly labels: readonly string[]; readonly titles: readonly string[] };
}

export interface Exemptions {
  readonly labels: readonly string[];
  readonly pages: readonly string[];
}

/** A page as selectors see it: label names without prefix, ids of all its ancestors in any order. */
export interface PageTraits {
  readonly title: string;
  readonly labels: readonly string[];
  readonly spaceKey: string;
  readonly ancestorIds: readonly string[];
}

/** Whether a space is audited, and if not, which setting or state of the space is the cause. */
export function spaceChosen(
  space: { readonly key: string; readonly type: string; readonly status: string },
  spaces: SpaceScope,
): { readonly chosen: true } | { readonly chosen: false; readonly because: string } {
  if (space.status !== 'current') return leftOut(`the space is ${space.status}`);
  const excludedBy = firstMatch(spaces.exclude, space.key);
  if (excludedBy !== null) return leftOut(`spaces.exclude names ${excludedBy}`);
  if (firstMatch(spaces.include, space.key) === null) return leftOut('spaces.include does not name it');
  if (spaces.excludeTypes.includes(space.type)) return leftOut(`spaces.excludeTypes names ${space.type}`);
  return { chosen: true };
}

/** True for the pages that runbook rules judge. */
export function isRunbook(page: PageTraits, runbooks: RunbookScope): boolean {
  const chosen =
    anyMatch(runbooks.titles, [page.title]) ||
    anyMatch(runbooks.labels, page.labels) ||
    anyMatch(runbooks.spaces, [page.spaceKey]) ||
    runbooks.ancestors.some((id) => page.ancestorIds.includes(id));
  return chosen && !anyMatch(runbooks.not.titles, [page.title]) && !anyMatch(runbooks.not.labels, page.labels);
}

/** True for pages that somebody took out of the audit by a label or by id. */
export const isExempt = (
  page: { readonly id: string; readonly labels: readonly string[] },
  exempt: Exemptions,
): boolean => exempt.pages.includes(page.id) || anyMatch(exempt.labels, page.labels);

/** True where one of the words is covered by one of the patterns. */
export const anyMatch = (patterns: readonly string[], words: readonly string[]): boolean =>
  words.some((word) => firstMatch(patterns, word) !== null);

const leftOut = (because: string) => ({ chosen: false, because }) as const;
