import rule from '../../src/rules/stale-page.ts';
import { daysAgo, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const aged = (days: number) =>
  pageView({
    isRunbook: false,
    freshness: { known: true, at: daysAgo(days), because: 'human-edit', cause: 'Last edited by "Ada".' },
  });

testRule(rule, {
  fine: [
    { name: 'a page of yesterday', view: aged(1) },
    { name: 'the day before the limit', view: aged(364) },
    { name: 'a date in the future', view: aged(-3) },
    { name: 'a higher limit', view: aged(500), options: { failDays: 501 } },
    { name: 'a fresh runbook, where they count', view: pageView(), options: { runbooks: true } },
  ],
  found: [
    {
      name: 'the day of the limit',
      view: aged(365),
      reason:
        /^No person has confirmed this page for 365 days \(limit 365, due on 2027-06-01\)\. Last edited by "Ada"\.$/,
      result: {
        severity: 'low',
        evidence: {
          fresh_at: daysAgo(365),
          fresh_because: 'human-edit',
          age_days: 365,
          fail_days: 365,
          due_on: '2027-06-01',
        },
      },
    },
    { name: 'a lower limit', view: aged(1), options: { failDays: 1 }, reason: /for 1 day \(/ },
    {
      name: 'an old runbook, where they count',
      view: { ...aged(400), isRunbook: true },
      options: { runbooks: true },
      reason: /400 days/,
    },
    {
      name: 'an old runbook',
      view: { ...aged(400), isRunbook: true },
      reason: /is a runbook/,
      result: { status: 'not-applicable' },
    },
    {
      name: 'an age that is not known',
      view: pageView({ isRunbook: false, freshness: { known: false, why: 'The versions have not been read.' } }),
      reason: /^The versions have not been read\.$/,
      result: { status: 'skip' },
    },
    {
      name: 'a date that is none',
      view: pageView({
        isRunbook: false,
        freshness: { known: true, at: 'soon', because: 'created', cause: 'Created.' },
      }),
      reason: /cannot be read/,
      result: { status: 'skip' },
    },
  ],
});
