import { z } from 'zod';
import { isoDay } from '../domain/calendar-day.ts';
import { editDistance } from '../domain/closest.ts';
import { quoted } from '../domain/printable.ts';
import { defineRule } from '../domain/rule.ts';

const DATED = ['reviewed', 'review-by'] as const;
/** What ends in something like a date, in the ways people write one. */
const WITH_DATE = /^(.+?)[-_.]?(\d{4}[-_.]?\d{1,2}[-_.]?\d{1,2})$/;
const MOST_LABELS = 200;

/**
 * Finds labels that are almost one that means something here: a label that the configuration names (what makes a runbook, what
 * exempts a page, what overrides match), one of `known`, or a date label in a form that nobody reads (`reviewd-2027-05-01`,
 * `reviewed-2027-02-30`). Wrongly named are words of their own that happen to be close, such as `rulebook`; add them to `known`.
 */
export default defineRule({
  id: 'label-typo',
  title: 'Label is misspelt',
  why: 'A label with a typing error has no effect: the page is not found, not judged as a runbook, or its review does not count.',
  severity: 'info',
  remediation: 'Replace the label by the one that the finding names.',
  explanation: [
    'A label that is almost one that means something here: a label that the configuration names (runbooks, exemptions, actions, matches of overrides), one of `known`, or a date label in a form that nobody reads, such as `reviewd-2027-05-01` or `reviewed-2027-02-30`.',
    'Up to two letters may differ, one in words of four or five, none in shorter ones. Labels that differ in digits only are siblings.',
  ],
  example: 'A label seems to be misspelt: "runbok" (did you mean "runbook"?).',
  appliesTo: 'pages',
  options: z.strictObject({
    known: z
      .array(z.string().min(1))
      .default([])
      .describe('More labels of this site, besides those that the configuration names; they are never a finding.'),
  }),
  needs: ['labels'],
  *check({ labels }, { labelWords }, { known }) {
    const vocabulary = [...new Set([...labelWords, ...known].map((name) => name.toLowerCase()))].filter(
      (name) => !/[*?]/.test(name),
    );
    const names = [
      ...new Set(labels.filter(({ prefix }) => prefix === 'global').map(({ name }) => name.toLowerCase())),
    ];
    const typos = names.slice(0, MOST_LABELS).flatMap((name) => {
      if (vocabulary.includes(name)) return [];
      const meant = dateLabel(name) ?? nearest(name, vocabulary);
      return meant === null ? [] : [{ name, meant }];
    });
    if (typos.length === 0) return;
    const told = typos.slice(0, 5).map(({ name, meant }) => `${quoted(name)} (did you mean ${quoted(meant)}?)`);
    const more = typos.length > told.length ? ` and ${typos.length - told.length} more` : '';
    yield {
      reason: `${typos.length === 1 ? 'A label seems' : 'Labels seem'} to be misspelt: ${told.join(', ')}${more}.`,
      evidence: { labels: typos.map(({ name }) => name), meant: typos.map(({ meant }) => meant) },
    };
  },
});

/** The form in which a date label counts, where this one has another or a day that no calendar has. */
function dateLabel(name: string): string | null {
  const [, stem = '', date = ''] = WITH_DATE.exec(name) ?? [];
  if (date === '') return null;
  const meant = DATED.find((word) => word === stem) ?? nearest(stem, DATED);
  if (meant === null || (name === `${meant}-${date}` && isoDay(date) !== null)) return null;
  return `${meant}-YYYY-MM-DD`;
}

/** Labels that differ in digits only (`tier1`, `tier2`) are siblings, no typing errors. */
function nearest(name: string, vocabulary: readonly string[]): string | null {
  const near = vocabulary
    .filter((word) => Math.abs(word.length - name.length) <= 2 && withoutDigits(word) !== withoutDigits(name))
    .map((word) => ({ word, distance: editDistance(name, word) }))
    .filter(({ word, distance }) => distance <= allowed(word))
    .toSorted((a, b) => a.distance - b.distance);
  return near[0]?.word ?? null;
}

/** The shorter a word, the more others are close to it. */
const allowed = (word: string): number => (word.length <= 3 ? 0 : word.length <= 5 ? 1 : 2);
const withoutDigits = (word: string): string => word.replaceAll(/\d+/g, '0');
