import rule from '../../src/rules/conflicting-labels.ts';
import { label, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const labelled = (...names: readonly string[]) => pageView({ labels: names.map((name) => label(name)) });

testRule(rule, {
  fine: [
    { name: 'no label', view: labelled() },
    { name: 'one of a group', view: labelled('runbook', 'database') },
    { name: 'labels of two groups', view: labelled('deprecated', 'obsolete', 'approved') },
    { name: 'the same label twice', view: labelled('runbook', 'Runbook') },
    { name: "somebody's own label", view: pageView({ labels: [label('runbook'), label('deprecated', 'my')] }) },
    { name: 'other groups', view: labelled('runbook', 'deprecated'), options: { groups: [['a', 'b']] } },
  ],
  found: [
    {
      name: 'a deprecated runbook',
      view: labelled('x', 'Runbook', 'deprecated'),
      reason: /^The page has labels that exclude each other: "deprecated" and "runbook"\.$/,
      result: { severity: 'low', evidence: { conflicting_labels: ['deprecated', 'runbook'] } },
    },
    {
      name: 'two that fit a pattern',
      view: labelled('tier-1', 'tier-2'),
      options: { groups: [['tier-*']] },
      reason: /"tier-1" and "tier-2"/,
    },
    {
      name: 'two conflicts',
      view: labelled('runbook', 'deprecated', 'draft', 'approved'),
      reason: /: "deprecated" and "runbook"; "approved" and "draft"\.$/,
    },
  ],
});
