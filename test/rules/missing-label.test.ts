import rule from '../../src/rules/missing-label.ts';
import { label, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const labelled = (...names: readonly string[]) => pageView({ labels: names.map((name) => label(name)) });
const required = ['team-*', 'runbook|playbook'];

testRule(rule, {
  fine: [
    { name: 'every label is there', view: labelled('team-db', 'playbook', 'other'), options: { required } },
    { name: 'case does not count', view: labelled('Team-DB', 'RUNBOOK'), options: { required } },
    {
      name: 'a label of runbooks on another page',
      view: { ...labelled('team-db'), isRunbook: false },
      options: { required: ['team-*'], onRunbooks: ['runbook'] },
    },
  ],
  found: [
    {
      name: 'one is missing',
      view: labelled('team-db'),
      options: { required },
      reason: /^The page lacks the required label "runbook" or "playbook"\.$/,
      result: { severity: 'low', evidence: { missing_labels: ['runbook|playbook'] } },
    },
    {
      name: 'two are missing',
      view: labelled('teams'),
      options: { required: ['team-*'], onRunbooks: ['runbook'] },
      reason: /lacks the required labels "team-\*", "runbook"\.$/,
    },
    {
      name: "somebody's own label",
      view: pageView({ labels: [label('runbook', 'my')] }),
      options: { required: ['runbook'] },
      reason: /lacks/,
    },
    {
      name: 'nothing is required',
      view: labelled('x'),
      reason: /No label is required/,
      result: { status: 'not-applicable' },
    },
    {
      name: 'nothing is required of pages',
      view: { ...labelled('x'), isRunbook: false },
      options: { onRunbooks: ['runbook'] },
      reason: /No label is required/,
      result: { status: 'not-applicable' },
    },
  ],
});
