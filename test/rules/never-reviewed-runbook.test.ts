import type { PageView } from '../../src/domain/rule.ts';
import rule from '../../src/rules/never-reviewed-runbook.ts';
import { daysAgo, facts, label, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const written = (days: number, partial: Partial<Omit<PageView, 'page'>> = {}) =>
  pageView({
    freshness: { known: true, at: daysAgo(days), because: 'created', cause: 'Created by "Ada".' },
    ...partial,
  });
const dated = (kind: 'reviewed' | 'tested' | 'review-due', day: string) => facts({ dates: [{ kind, day }] });

testRule(rule, {
  fine: [
    { name: 'a runbook that somebody has edited', view: pageView() },
    { name: 'one that is 29 days old', view: written(29.9) },
    { name: 'a young one whose body was not read', view: written(3, { facts: null }) },
    { name: 'a higher limit', view: written(50), options: { days: 51 } },
    {
      name: 'one that was attested',
      view: pageView({
        freshness: { known: true, at: daysAgo(9), because: 'attestation', cause: 'The label attests it.' },
      }),
    },
    { name: 'an attestation on the very day', view: written(60, { labels: [label('reviewed-2027-04-02')] }) },
    { name: 'a row "Last reviewed"', view: written(60, { facts: dated('reviewed', '2027-04-02') }) },
  ],
  found: [
    {
      name: 'written a month ago and left alone',
      view: written(30),
      reason: /^Nobody has reviewed the runbook in the 30 days since it was written \(limit 30\)\. Created by "Ada"\.$/,
      result: { severity: 'medium', evidence: { age_days: 30, limit_days: 30 } },
    },
    {
      name: 'a review that is only planned',
      view: written(60, { facts: dated('review-due', '2027-09-01') }),
      reason: /60 days/,
    },
    {
      name: 'a review in the future',
      view: written(60, { labels: [label('reviewed-2099-01-01')] }),
      reason: /60 days/,
    },
    {
      name: 'a live doc',
      view: { ...written(60), page: { ...pageView().page, subtype: 'live' } },
      reason: /live doc/,
      result: { status: 'not-applicable' },
    },
    {
      name: 'versions that were not read',
      view: pageView({ freshness: { known: false, why: 'The versions have not been read.' } }),
      reason: /^The versions have not been read\.$/,
      result: { status: 'skip' },
    },
    {
      name: 'a body that was not read',
      view: written(60, { facts: null }),
      reason: /may say that it was reviewed/,
      result: { status: 'skip' },
    },
  ],
});
