import { createHash } from 'node:crypto';
import { isObject, type Json, type JsonObject, mergeObjects } from './merge.ts';
import { anyMatch } from './scope.ts';
import type { Severity } from './severity.ts';

export interface RuleSetting {
  readonly severity: Severity;
  /** Complete: every option of the rule has its value. */
  readonly options: JsonObject;
}

/** By rule id; null where the rule is off. */
export type RuleSettings = Readonly<Record<string, RuleSetting | null>>;

/** What one override says of one rule. */
export interface RulePatch {
  readonly severity?: Severity;
  /** Only the options that the override names. */
  readonly options: JsonObject;
  /** The whole setting where the rule was off before; null where the override alone does not make one. */
  readonly whenOff: RuleSetting | null;
}

/** One entry of `overrides` that may hit some pages of a tenant. A list that is null matches every page. */
export interface PageOverride {
  readonly match: {
    readonly spaces: readonly string[] | null;
    readonly labels: readonly string[] | null;
    readonly ancestors: readonly string[] | null;
  };
  /** By rule id; null switches the rule off. */
  readonly rules: Readonly<Record<string, RulePatch | null>>;
}

export interface PageSettings {
  /** The same for all pages with the same rules and options, in every run and on every machine. */
  readonly profileId: string;
  readonly rules: RuleSettings;
}

interface Layers {
  readonly rules: RuleSettings;
  readonly pageOverrides: readonly PageOverride[];
}

/** What of a page overrides go by. */
interface Traits {
  readonly spaceKey: string;
  readonly labels: readonly string[];
  readonly ancestorIds: readonly string[];
}

/** The rules and options that hold for one page: the tenant's, changed by each matching override from first to last. */
export const resolvePage = (settings: Layers, page: Traits): PageSettings => createPageResolver(settings)(page);

/** The same for many pages. The same overrides make the same settings, which are put together once. */
export function createPageResolver(settings: Layers): (page: Traits) => PageSettings {
  const made = new Map<string, PageSettings>();
  return (page) => {
    const hits = settings.pageOverrides.filter(({ match }) => isHit(match, page));
    const key = hits.map((hit) => settings.pageOverrides.indexOf(hit)).join();
    const known = made.get(key) ?? resolved(settings.rules, hits);
    made.set(key, known);
    return known;
  };
}

const isHit = ({ spaces, labels, ancestors }: PageOverride['match'], page: Traits): boolean =>
  (spaces === null || anyMatch(spaces, [page.spaceKey])) &&
  (labels === null || anyMatch(labels, page.labels)) &&
  (ancestors === null || ancestors.some((id) => page.ancestorIds.includes(id)));

function resolved(base: RuleSettings, hits: readonly PageOverride[]): PageSettings {
  const rules: Record<string, RuleSetting | null> = { ...base };
  for (const { rules: patches } of hits)
    for (const [id, patch] of Object.entries(patches)) rules[id] = patched(rules[id] ?? null, patch);
  return { profileId: profileIdOf(rules), rules };
}

function patched(before: RuleSetting | null, patch: RulePatch | null): RuleSetting | null {
  if (patch === null) return null;
  if (before === null) return patch.whenOff;
  return { severity: patch.severity ?? before.severity, options: mergeObjects(before.options, patch.options) };
}

/** Rules that are off do not count, so a new rule in a later version changes no profile until it is turned on. */
function profileIdOf(rules: RuleSettings): string {
  const on = Object.entries(rules).flatMap(([id, setting]) =>
    setting === null ? [] : [[id, setting.severity, sorted(setting.options)] as const],
  );
  const text = JSON.stringify(on.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
