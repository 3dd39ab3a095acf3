import type { z } from 'zod';
import type { CatalogueEntry } from '../src/domain/catalogue.ts';
import { isObject, type Json, type JsonObject, mergeObjects } from '../src/domain/merge.ts';
import type { RulePatch, RuleSetting, RuleSettings } from '../src/domain/page-settings.ts';
import type { Severity } from '../src/domain/severity.ts';

/** Told which rule has options that do not fit together, and why. */
export type Complain = (ruleId: string, why: string) => void;

/** The settings of all rules from the merged layers, options complete. */
export function resolveRules(
  written: Json | undefined,
  catalogue: readonly CatalogueEntry[],
  complain: Complain,
): RuleSettings {
  const rules = catalogue.map((entry) => {
    const raw = isObject(written) ? written[entry.id] : undefined;
    if (!isObject(raw)) return [entry.id, null] as const;
    const { severity, options } = split(raw);
    const answer = complete(entry, options);
    if ('why' in answer) complain(entry.id, answer.why);
    return [
      entry.id,
      { severity: severity ?? entry.severity, options: 'why' in answer ? options : answer.options },
    ] as const;
  });
  return Object.fromEntries(rules);
}

/** What one override changes in the rules of the pages it hits, checked against the tenant's own settings. */
export function resolvePatches(
  written: JsonObject,
  {
    base,
    catalogue,
    complain,
  }: { readonly base: RuleSettings; readonly catalogue: readonly CatalogueEntry[]; readonly complain: Complain },
): Record<string, RulePatch | null> {
  const patches = catalogue.flatMap((entry): [string, RulePatch | null][] => {
    const raw = written[entry.id];
    if (raw === undefined) return [];
    if (!isObject(raw)) return [[entry.id, null]];
    const { severity, options } = split(raw);
    const before = base[entry.id] ?? null;
    const changed = complete(entry, mergeObjects(before?.options ?? {}, options));
    if ('why' in changed) complain(entry.id, changed.why);
    const alone = complete(entry, options);
    const whenOff: RuleSetting | null =
      'why' in alone ? null : { severity: severity ?? entry.severity, options: alone.options };
    return [[entry.id, { ...(severity === undefined ? {} : { severity }), options, whenOff }]];
  });
  return Object.fromEntries(patches);
}

function split({ severity, ...options }: JsonObject): { severity: Severity | undefined; options: JsonObject } {
  return { severity: severity as Severity | undefined, options };
}

function complete(entry: CatalogueEntry, options: JsonObject): { options: JsonObject } | { why: string } {
  if (entry.options === null) return { options: {} };
  const answer = (entry.options as z.ZodType<JsonObject>).safeParse(options);
  if (answer.success) return { options: answer.data };
  const [issue] = answer.error.issues;
  return { why: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() };
}
