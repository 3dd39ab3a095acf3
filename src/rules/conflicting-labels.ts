import { z } from 'zod';
import { matchesGlob } from '../domain/glob.ts';
import { quoted } from '../domain/printable.ts';
import { defineRule } from '../domain/rule.ts';

const MOST_NAMED = 10;

/**
 * Finds pages with labels that exclude each other. Wrongly named are pages for which both are meant, such as the runbook for
 * a deprecated system; name the pairs that exclude each other on this site in `groups`.
 */
export default defineRule({
  id: 'conflicting-labels',
  title: 'Labels contradict each other',
  why: 'One label says that the page holds and the other that it does not; people and automations believe the one they look at.',
  severity: 'low',
  remediation: 'Remove the label that is wrong.',
  explanation: [
    'A page with labels that exclude each other. Pages for which both are meant, such as the runbook for a deprecated system, are wrongly named; `groups` says what excludes each other on this site.',
  ],
  example: 'The page has labels that exclude each other: "deprecated" and "runbook".',
  appliesTo: 'pages',
  options: z.strictObject({
    groups: z
      .array(z.array(z.string().min(1)).min(1))
      .default([
        ['runbook', 'deprecated'],
        ['runbook', 'obsolete'],
        ['draft', 'approved'],
      ])
      .describe(
        'A page may have one label of each group; `tier-*` stands for all that fit. A list replaces the default.',
      ),
  }),
  needs: ['labels'],
  *check({ labels }, _context, { groups }) {
    const names = [
      ...new Set(labels.filter(({ prefix }) => prefix === 'global').map(({ name }) => name.toLowerCase())),
    ];
    const conflicts = groups
      .map((group) => names.filter((name) => group.some((pattern) => matchesGlob(pattern, name))).toSorted())
      .filter((found) => found.length > 1);
    if (conflicts.length === 0) return;
    const told = [
      ...new Set(
        conflicts.map((found) =>
          found
            .slice(0, MOST_NAMED)
            .map((name) => quoted(name))
            .join(' and '),
        ),
      ),
    ];
    yield {
      reason: `The page has labels that exclude each other: ${told.slice(0, MOST_NAMED).join('; ')}.`,
      evidence: { conflicting_labels: [...new Set(conflicts.flat())].slice(0, 50) },
    };
  },
});
