import { z } from 'zod';
import type { ClockInput } from '../domain/freshness-clock.ts';
import type { RuleSettings } from '../domain/page-settings.ts';
import type { PageBatch, PageMaterial } from '../store/page-material.ts';

const clockOptions = z.object({
  property: z.string().nullable().default(null),
  statuses: z.array(z.string()).default([]),
  warnDays: z.number().default(0),
  failDays: z.number().default(0),
  ignoreAuthors: z.array(z.string()).default([]),
  minorEdits: z.enum(['ignore', 'count']).default('ignore'),
});

/** Which versions the freshness clock of a page leaves out: the options of `stale-runbook`, which is the rule that reads it. */
export const clockSettings = (rules: RuleSettings): z.output<typeof clockOptions> =>
  clockOptions.parse(rules['stale-runbook']?.options ?? {});

/** What the freshness clock of a page goes by. */
export const clockInput = (
  { page, labels, facts, humanVersion, marks, rules, ownVersions }: PageMaterial,
  { accounts }: PageBatch,
  now: Date,
): ClockInput => ({
  page,
  labels,
  dates: facts?.dates ?? [],
  humanVersion,
  marks: marks ?? [],
  accounts,
  ownVersions: new Set(ownVersions),
  now,
  ...clockSettings(rules),
  // A live doc is saved without anybody saying how large the edit was.
  ...(page.subtype === 'live' ? { minorEdits: 'count' as const } : {}),
});
