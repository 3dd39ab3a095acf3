import { z } from 'zod';
import type { RuleSettings } from '../domain/page-settings.ts';

const clockOptions = z.object({
  ignoreAuthors: z.array(z.string()).default([]),
  minorEdits: z.enum(['ignore', 'count']).default('ignore'),
});

/** Which versions the freshness clock of a page leaves out: the options of `stale-runbook`, which is the rule that reads it. */
export const clockSettings = (rules: RuleSettings): z.output<typeof clockOptions> =>
  clockOptions.parse(rules['stale-runbook']?.options ?? {});
