import { labelsOfInterest } from './label-interest.ts';
import { estimateRequests } from './request-estimate.ts';
import type { Rule } from './rule.ts';

/** The wiki for which the cost of rules is told: ten thousand pages, 1.5 attachments a page, one page in twenty a runbook. */
export const MEASURE = {
  spaces: 50,
  pagesPerSpace: 200,
  attachments: 15_000,
  runbooks: 500,
  comments: 500,
  permissionsPerSpace: 40,
  shelved: 1_000,
} as const;

/** What a full audit with these rules asks of a wiki of the measure, as far as the needs of the rules decide it. */
export function packCost(rules: readonly Rule[]): { readonly requests: number; readonly points: number } {
  const { spaces, pagesPerSpace, attachments, runbooks, comments, permissionsPerSpace, shelved } = MEASURE;
  const settings = { runbooks: { labels: ['runbook'] }, exempt: { labels: [] }, pageOverrides: [], actions: [] };
  const interest = labelsOfInterest(settings, new Map(rules.map((rule) => [rule.id, rule])));
  const each = Array.from({ length: spaces }, () => pagesPerSpace);
  const { requests, points } = estimateRequests(
    {
      visibleSpaces: spaces,
      spaces: each.map((pages) => [pages]),
      changed: { spaces: 0, rows: [] },
      countedBy: 'inventory',
      searched: interest === null ? each : [],
      // Half of the runbooks by their label, the others by their title.
      ofInterest: interest === null ? null : runbooks / 2,
      byId: interest === null ? 0 : runbooks / 2,
      labels: runbooks,
      principals: 0,
      degraded: 0,
      folders: { visible: 0, hidden: 0 },
      attachments,
      comments,
      permissions: each.map(() => permissionsPerSpace),
      shelved,
      accounts: 0,
      bodies: [spaces * pagesPerSpace],
      onCallGroups: 0,
      counting: 0,
    },
    new Set(rules.flatMap(({ needs }) => needs)),
  );
  return { requests, points };
}
