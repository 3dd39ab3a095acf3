import type { z } from 'zod';
import type { Rule } from './rule.ts';
import { RULE_IDS } from './rule-ids.ts';
import type { Severity } from './severity.ts';

/** A rule as the config knows it. */
export interface CatalogueEntry {
  readonly id: string;
  /** A strict object of plain values (what goes in comes out); null where the rule has no options, or not yet. */
  readonly options: z.ZodType | null;
  readonly severity: Severity;
  /** False for rules of the contract that this version does not have yet. */
  readonly implemented: boolean;
}

/** Every rule id of the contract; the given rules bring their options and severity. */
export function ruleCatalogue(rules: Iterable<Rule>): readonly CatalogueEntry[] {
  const entries = new Map<string, CatalogueEntry>(
    Object.entries(RULE_IDS).map(([id, severity]) => [id, { id, options: null, severity, implemented: false }]),
  );
  for (const { id, options, severity } of rules) entries.set(id, { id, options, severity, implemented: true });
  return [...entries.values()];
}
