import { z } from 'zod';
import { count, cron, dateRange, duration, hours, labelName, positive, timezone, words } from './fields.ts';

export const MODES = ['audit', 'plan', 'apply'] as const;

const PRIORITIES = ['low', 'normal', 'high'] as const;

export const mode = z
  .enum(MODES)
  .describe('audit: findings only. plan: also a stored plan of writes. apply: also writes.');

const share = z.number().gt(0).max(1).describe('The part of the known request rate that may be used.');

export const limits = z.strictObject({
  share,
  maxConcurrency: z.int().min(1).max(64).describe('Requests at the same time to one site.'),
  requestsPerRun: positive,
  minutesPerRun: positive,
  writesPerRun: count.describe('Writes per run; the worst findings come first, the rest waits for later runs.'),
  writesPercent: z
    .number()
    .min(0)
    .max(100)
    .describe('Writes per run as a percentage of the walked pages, but ten in any case (never over writesPerRun).'),
  writesPerSpace: count.describe('Writes per run in one space.'),
});

const schedule = z.strictObject({
  cron: cron.describe('When audits come due: minute hour day month weekday.'),
  timezone: timezone.describe('The IANA time zone of cron, quietHours and blackout.'),
  window: duration.describe('The start of tenants with the same cron is spread over this span.'),
  priority: z
    .enum(PRIORITIES)
    .describe('Which of the tenants that wait for a worker is taken first; among equals the one that came first.'),
  quietHours: z
    .array(hours)
    .max(50)
    .describe('Hours in which a scheduled audit writes nothing to the site, as in "08:00-18:00".'),
  blackout: z
    .array(dateRange)
    .max(1_000)
    .describe('Days on which no scheduled audit starts: 2026-12-24 or 2026-12-24..2027-01-01.'),
});

const spaces = z.strictObject({
  include: words.describe('Keys of the spaces to audit; * and ? are wildcards.'),
  exclude: words,
  excludeTypes: words.describe('Types of spaces that are left out whatever include says.'),
});

const runbooks = z.strictObject({
  labels: words,
  titles: words.describe('Patterns for whole titles; * and ? are wildcards and case does not count.'),
  spaces: words.describe('Spaces in which every page is a runbook.'),
  ancestors: words.describe('Ids of pages below which every page is a runbook.'),
  not: z.strictObject({ labels: words, titles: words }).partial().describe('Pages that are no runbooks all the same.'),
});

const expect = z.strictObject({
  spaces: words.describe('Keys of spaces that must be visible.'),
  minPages: z.record(z.string(), count).describe('By space key: how many pages must be seen.'),
  pages: words.describe('Ids of pages that must be seen.'),
});

/** The keys of one layer of settings; each may be missing, and each may stand in `defaults`, a tenant or an override. */
export const settingKeys = {
  mode: mode.optional(),
  schedule: schedule.partial().optional().describe('When audits run by themselves.'),
  spaces: spaces.partial().optional().describe('Which spaces are audited.'),
  content: z
    .array(z.enum(['page', 'blogpost']))
    .min(1)
    .optional()
    .describe('Which kinds of content are audited.'),
  runbooks: runbooks.partial().optional().describe('What makes a page a runbook: any of these lists, and none of not.'),
  readers: z
    .strictObject({ onCallGroups: words.describe('Names or ids of the groups that must be able to read runbooks.') })
    .partial()
    .optional(),
  exempt: z.strictObject({ labels: words, pages: words }).partial().optional().describe('Pages that no rule judges.'),
  limits: limits.partial().optional(),
  labels: z
    .strictObject({
      prefix: labelName.max(100).describe('Only labels that begin with it are ever written.'),
    })
    .partial()
    .optional(),
  expect: expect.partial().optional().describe('What a complete audit must have seen.'),
};
