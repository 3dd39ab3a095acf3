import { z } from 'zod';

const clockOptions = z.object({
  ignoreAuthors: z.array(z.string()).default([]),
  minorEdits: z.enum(['ignore', 'count']).default('ignore'),
});

/** Which versions the freshness clock of a page leaves out: the options of `stale-runbook`, which is the rule that reads it. */
export function clockSettings(rules: Readonly<Record<string, { readonly options: unknown } | null>>): z.output<typeof clockOptions> {
  return clockOptions.parse(rules['stale-runbook']?.options ?? {});
}
