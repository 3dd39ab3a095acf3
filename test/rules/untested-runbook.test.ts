import type { PageDate } from '../../src/domain/facts.ts';
import rule from '../../src/rules/untested-runbook.ts';
import { facts, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const tested = (...days: readonly (string | null)[]) =>
  pageView({ facts: facts({ dates: days.map((day): PageDate => ({ kind: 'tested', day })) }) });

testRule(rule, {
  fine: [
    { name: 'a test of last month', view: tested('2027-05-01') },
    { name: 'the newest of several', view: tested('2024-05-01', '2027-05-01', null) },
    { name: 'the day before the limit', view: tested('2026-12-04') },
    { name: 'a higher limit', view: tested('2026-01-01'), options: { failDays: 600 } },
    { name: 'no date, where none is asked for', view: tested(), options: { undated: 'ignore' } },
  ],
  found: [
    {
      name: 'the day of the limit',
      view: tested('2026-12-03'),
      reason: /^The runbook was last tested on 2026-12-03, 180 days ago \(limit 180\)\.$/,
      result: { severity: 'high', evidence: { last_tested: '2026-12-03', age_days: 180, fail_days: 180 } },
    },
    {
      name: 'no date',
      view: tested(),
      reason: /^The runbook does not say when it was last tested\.$/,
      result: { evidence: { last_tested: null, age_days: null, fail_days: 180 } },
    },
    {
      name: 'a review is no test',
      view: pageView({ facts: facts({ dates: [{ kind: 'reviewed', day: '2027-05-01' }] }) }),
      reason: /does not say/,
    },
    { name: 'a row without a date', view: tested(null), reason: /holds no date that can be read\.$/ },
    {
      name: 'a date in the future',
      view: tested('2099-01-01'),
      reason: /does not say when it was last tested\. The date 2099-01-01 lies in the future and was ignored\.$/,
    },
    {
      name: 'an old date, where none need be',
      view: tested('2025-01-01', '2099-01-01'),
      options: { undated: 'ignore' },
      reason: /last tested on 2025-01-01, .* was ignored\.$/,
    },
    {
      name: 'a damaged body without a date',
      view: pageView({ facts: facts({ damaged: true }) }),
      reason: /not well formed/,
      result: { status: 'skip' },
    },
    { name: 'no body', view: pageView({ facts: null }), reason: /has not been read/, result: { status: 'skip' } },
  ],
});
