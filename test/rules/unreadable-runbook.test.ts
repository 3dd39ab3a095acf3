import { expect, it } from 'vitest';
import { judgePage } from '../../src/domain/judge.ts';
import type { RestrictedNode } from '../../src/domain/rule.ts';
import rule from '../../src/rules/unreadable-runbook.ts';
import { node, NOW, pageView, readers } from '../page-view.ts';
import { expectStorable, testRule } from '../rule-tester.ts';

const context = { onCallGroups: [{ id: 'g-sre', name: 'sre-oncall' }] };
const view = (chain: readonly RestrictedNode[], { chainComplete = true, known = true } = {}) =>
  pageView({ restrictions: { chain, chainComplete, known } });

testRule(rule, {
  fine: [
    { name: 'no restriction anywhere', view: view([]), context },
    { name: 'the group stands on the list', view: view([node('1001', readers(['g-dev', 'g-sre']))]), context },
    {
      name: 'the group stands on every list of the way',
      view: view([node('1001', readers(['g-sre'])), node('5', readers(['g-sre']))]),
      context,
    },
    {
      name: 'an empty list between passes the question on',
      view: view([node('1001', readers([])), node('5', readers(['g-sre']))]),
      context,
    },
    { name: 'only editing is restricted', view: view([node('1001', readers([]), readers(['g-dev']))]), context },
  ],
  found: [
    {
      name: 'the page lists other groups',
      view: view([node('1001', readers(['g-dev']))]),
      context,
      reason:
        /^The group "sre-oncall" cannot read the runbook: the viewing restriction on the page itself does not list it\.$/,
      result: {
        severity: 'critical',
        confidence: 'full',
        subject: { type: 'group', id: 'g-sre' },
        evidence: { readers: ['group g-dev'], blocked_by_page_id: '1001', how_known: 'restrictions' },
        confirm: { operation: 'read', subject: { type: 'group', id: 'g-sre' } },
      },
    },
    {
      name: 'a restricted parent over a page with an empty list',
      view: view([node('1001', readers([])), node('5', readers(['g-dev']))]),
      context,
      reason: /on its ancestor "Page 5" does not list it/,
      result: { evidence: { readers: ['group g-dev'], blocked_by_page_id: '5', how_known: 'restrictions' } },
    },
    {
      name: 'the page lists the group, its parent does not',
      view: view([node('1001', readers(['g-sre'])), node('5', readers(['g-dev']))]),
      context,
      reason: /"Page 5"/,
    },
    {
      name: 'two nodes in the way',
      view: view([node('5', readers(['g-dev'])), node('6', readers(['g-hr']))]),
      context,
      reason: /"Page 5" and 1 more above it/,
    },
    {
      name: 'people listed by name are not the group, but a reason to ask',
      view: view([node('1001', readers([], ['ada', 'bob']))]),
      context,
      reason: /Members of the group may be among the people who are listed by name\.$/,
      result: {
        confidence: 'partial',
        evidence: { readers: ['user ada', 'user bob'], blocked_by_page_id: '1001', how_known: 'restrictions' },
      },
    },
    {
      name: 'an invisible ancestor leaves it open',
      view: view([], { chainComplete: false }),
      context,
      reason: /not certain\. An ancestor of the page is invisible to the audit account\.$/,
      result: { status: 'skip', confirm: { operation: 'read', subject: { type: 'group', id: 'g-sre' } } },
    },
    {
      name: 'restrictions that could not be read leave it open',
      view: view([], { known: false }),
      context,
      reason: /could not be read\.$/,
      result: { status: 'skip' },
    },
    {
      name: 'what is shut above stays shut, whatever the page itself says',
      view: view([node('5', readers(['g-dev']))], { known: false, chainComplete: false }),
      context,
      reason: /cannot read/,
    },
    {
      name: 'no group is configured',
      view: view([node('1001', readers(['g-dev']))]),
      reason: /readers\.onCallGroups/,
      result: { status: 'not-applicable' },
    },
    {
      name: 'a page that is no runbook',
      view: { ...view([node('1001', readers(['g-dev']))]), isRunbook: false },
      context,
      reason: /not a runbook/,
      result: { status: 'not-applicable' },
    },
  ],
});

it('answers for each on-call group by itself and names the groups it knows', () => {
  const onCallGroups = [
    ...context.onCallGroups,
    { id: 'g-dba', name: 'dba-oncall' },
    { id: 'g-net', name: 'net-oncall' },
  ];
  const restricted = view([
    node(
      '1001',
      readers(
        ['g-dba', 'g-x'],
        Array.from({ length: 60 }, (_, index) => `user${index}`),
      ),
    ),
  ]);
  const results = judgePage(
    rule,
    restricted,
    { now: NOW, onCallGroups, auditAccountId: null, labelWords: [] },
    { severity: 'critical', options: {} },
  );
  expect(results.map(({ subject }) => subject.id)).toEqual(['g-sre', 'g-net']);
  expect(results[0]?.evidence['readers']).toHaveLength(51);
  expect(results[0]?.evidence['readers']).toEqual(
    expect.arrayContaining(['group dba-oncall', 'group g-x', 'and 12 more']),
  );
  expectStorable(results);
});
