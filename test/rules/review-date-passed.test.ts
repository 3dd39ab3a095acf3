import type { PageDate } from '../../src/domain/facts.ts';
import rule from '../../src/rules/review-date-passed.ts';
import { facts, label, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const labelled = (...names: readonly string[]) => pageView({ labels: names.map((name) => label(name)) });
const dated = (...dates: readonly PageDate[]) => pageView({ facts: facts({ dates }) });
const due = (day: string | null): PageDate => ({ kind: 'review-due', day });

testRule(rule, {
  fine: [
    { name: 'a page without a date', view: pageView() },
    { name: 'a date to come', view: labelled('review-by-2027-06-02') },
    { name: 'today, which is not over', view: labelled('review-by-2027-06-01') },
    {
      name: 'yesterday, which is not over everywhere',
      view: labelled('review-by-2027-05-31'),
      context: { now: new Date('2027-06-01T11:59:59Z') },
    },
    { name: 'a later date beside an old one', view: labelled('review-by-2026-01-01', 'review-by-2028-01-01') },
    { name: 'a review on the day', view: labelled('review-by-2027-05-01', 'reviewed-2027-05-01') },
    { name: 'a row "Next review" to come', view: dated(due('2027-09-01')) },
    { name: 'a row without a date', view: dated(due(null)) },
    { name: 'a test that came after', view: dated(due('2027-05-01'), { kind: 'tested', day: '2027-05-03' }) },
    { name: '30 February', view: labelled('review-by-2027-02-30') },
    { name: 'another label', view: labelled('review-by-christmas', 'review-by-') },
    { name: "somebody's own label", view: pageView({ labels: [label('review-by-2027-01-01', 'my')] }) },
    { name: 'days of grace', view: labelled('review-by-2027-05-01'), options: { graceDays: 31 } },
    { name: 'not yet near', view: labelled('review-by-2027-06-20'), options: { warnDays: 14 } },
    { name: 'a date to come, where the body was not read', view: { ...labelled('review-by-2027-07-01'), facts: null } },
  ],
  found: [
    {
      name: 'a label of last month',
      view: labelled('review-by-2027-05-01', 'reviewed-2027-04-30'),
      reason: /^The review was due on 2027-05-01, 31 days ago, by the label "review-by-2027-05-01"\.$/,
      result: { severity: 'high', evidence: { due_on: '2027-05-01', last_attested: '2027-04-30' } },
    },
    {
      name: 'a row "Next review"',
      view: dated(due('2027-03-01'), { kind: 'reviewed', day: '2026-03-01' }),
      reason: /by the property "Next review"\.$/,
      result: { evidence: { due_on: '2027-03-01', last_attested: '2026-03-01' } },
    },
    {
      name: 'a page that is no runbook',
      view: { ...labelled('review-by-2027-05-01'), isRunbook: false },
      reason: /31 days ago/,
      result: { severity: 'medium' },
    },
    {
      name: 'a review in the future does not settle it',
      view: labelled('review-by-2027-05-01', 'reviewed-2099-01-01'),
      reason: /31 days ago/,
    },
    {
      name: 'the day comes near',
      view: labelled('review-by-2027-06-10'),
      options: { warnDays: 14 },
      reason: /^The review is due on 2027-06-10 by the label/,
      result: { status: 'warn', severity: 'medium' },
    },
    {
      name: 'a body that was not read may name a later date',
      view: { ...labelled('review-by-2027-05-01'), facts: null },
      reason: /later date/,
      result: { status: 'skip' },
    },
    {
      name: 'a body that was not read may name a date',
      view: pageView({ facts: null }),
      reason: /may name a review date/,
      result: { status: 'skip' },
    },
  ],
});
