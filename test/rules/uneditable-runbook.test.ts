import type { RestrictedNode } from '../../src/domain/rule.ts';
import rule from '../../src/rules/uneditable-runbook.ts';
import { node, pageView, readers } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const context = { onCallGroups: [{ id: 'g-sre', name: 'sre-oncall' }] };
const view = (chain: readonly RestrictedNode[], known = true) =>
  pageView({ restrictions: { chain, chainComplete: true, known } });
const edit = (pageId: string, groups: readonly string[], users: readonly string[] = []) =>
  node(pageId, readers([]), readers(groups, users));

testRule(rule, {
  fine: [
    { name: 'no restriction', view: view([]), context },
    { name: 'the group among the editors', view: view([edit('1001', ['g-dev', 'g-sre'])]), context },
    {
      name: 'a restriction on editing the parent, which is not handed down',
      view: view([edit('9', ['g-dev'])]),
      context,
    },
    {
      name: 'a restriction on viewing, which another rule judges',
      view: view([node('1001', readers(['g-dev']))]),
      context,
    },
  ],
  found: [
    {
      name: 'other groups alone',
      view: view([edit('1001', ['g-dev'])]),
      context,
      reason: /^The group "sre-oncall" cannot edit the runbook: its editing restriction does not list it\.$/,
      result: {
        severity: 'medium',
        subject: { type: 'group', id: 'g-sre' },
        confidence: 'full',
        evidence: { readers: ['group g-dev'], blocked_by_page_id: '1001', how_known: 'restrictions' },
        confirm: { operation: 'update', subject: { type: 'group', id: 'g-sre' } },
      },
    },
    {
      name: 'single people, who may be in the group',
      view: view([edit('1001', [], ['ada'])]),
      context,
      reason: /may be among the people/,
      result: { confidence: 'partial' },
    },
    {
      name: 'a list that could not be read',
      view: view([], false),
      context,
      reason: /could not be read/,
      result: { status: 'skip', confirm: { operation: 'update', subject: { type: 'group', id: 'g-sre' } } },
    },
    { name: 'no on-call group', view: view([]), reason: /No on-call group/, result: { status: 'not-applicable' } },
  ],
});
