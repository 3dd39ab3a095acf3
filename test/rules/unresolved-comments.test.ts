import type { InlineComment } from '../../src/domain/inventory.ts';
import rule from '../../src/rules/unresolved-comments.ts';
import { daysAgo, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const comment = (days: number, resolution = 'open'): InlineComment => ({
  id: `c${days}`,
  resolution,
  createdAt: daysAgo(days),
});
const view = (...comments: readonly InlineComment[]) => pageView({ comments });

testRule(rule, {
  fine: [
    { name: 'no comment', view: view() },
    { name: 'a comment of last week', view: view(comment(7), comment(29)) },
    { name: 'an old one that is resolved', view: view(comment(90, 'resolved')) },
    { name: 'one that lost its passage', view: view(comment(90, 'dangling')) },
    { name: 'a longer patience', view: view(comment(90)), options: { days: 91 } },
    { name: 'a date that cannot be read', view: view({ id: 'c', resolution: 'open', createdAt: 'soon' }) },
  ],
  found: [
    {
      name: 'an old one',
      view: view(comment(30), comment(2), comment(300, 'resolved')),
      reason: /^1 inline comment has been open for 30 days \(limit 30\)\.$/,
      result: { severity: 'medium', evidence: { open_comments: 1, oldest_days: 30, limit_days: 30 } },
    },
    {
      name: 'several, one of them opened again',
      view: view(comment(31), comment(80, 'reopened')),
      reason: /^2 inline comments have been open for up to 80 days/,
    },
    {
      name: 'a page that is no runbook',
      view: { ...view(comment(90)), isRunbook: false },
      reason: /not a runbook/,
      result: { status: 'not-applicable' },
    },
    {
      name: 'comments that were not fetched',
      view: pageView({ comments: null }),
      reason: /have not been read/,
      result: { status: 'skip' },
    },
  ],
});
