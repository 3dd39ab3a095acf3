import rule from '../../src/rules/single-reader.ts';
import type { RestrictedNode } from '../../src/domain/rule.ts';
import { account, node, pageView, readers } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const chain = (...nodes: readonly RestrictedNode[]) =>
  pageView({
    accounts: new Map([account('ada', { displayName: 'Ada' })]),
    restrictions: { chain: nodes, chainComplete: true, known: true },
  });

testRule(rule, {
  fine: [
    { name: 'no restriction', view: chain() },
    { name: 'two people', view: chain(node('1001', readers([], ['ada', 'ben']))) },
    { name: 'one person and a group', view: chain(node('1001', readers(['sre'], ['ada']))) },
    { name: 'a group alone', view: chain(node('9', readers(['sre']))) },
    { name: 'one editor, where all may read', view: chain(node('1001', readers([]), readers([], ['ada']))) },
    {
      name: 'two lists that share two people',
      view: chain(node('1001', readers([], ['ada', 'ben', 'cyd'])), node('9', readers([], ['cyd', 'ada']))),
    },
  ],
  found: [
    {
      name: 'one person on the page itself',
      view: chain(node('1001', readers([], ['ada']))),
      reason:
        /^Only "Ada" can read the runbook: the viewing restriction on the page itself lists single people and no group\.$/,
      result: {
        severity: 'medium',
        evidence: { readers: ['user ada'], blocked_by_page_id: '1001', how_known: 'restrictions' },
      },
    },
    {
      name: 'one person on an ancestor',
      view: chain(node('1001', readers(['sre'])), node('9', readers([], ['ben']))),
      reason: /^Only the account "ben" .* on its ancestor "Page 9"/,
    },
    {
      name: 'two lists that share one person',
      view: chain(node('1001', readers([], ['ada', 'ben'])), node('9', readers([], ['ada', 'cyd']))),
      reason: /^Only "Ada"/,
    },
    {
      name: 'two lists that share nobody',
      view: chain(node('1001', readers([], ['ben'])), node('9', readers([], ['cyd']))),
      reason: /have no reader in common, so only administrators/,
      result: { evidence: { readers: [], blocked_by_page_id: '1001', how_known: 'restrictions' } },
    },
    {
      name: 'one person, although an ancestor is hidden: it can only take readers away',
      view: {
        ...chain(),
        restrictions: { chain: [node('1001', readers([], ['ada']))], chainComplete: false, known: true },
      },
      reason: /^Only "Ada"/,
    },
    {
      name: 'a hidden ancestor',
      view: { ...chain(), restrictions: { chain: [], chainComplete: false, known: true } },
      reason: /invisible/,
      result: { status: 'skip' },
    },
    {
      name: 'lists that could not be read',
      view: { ...chain(), restrictions: { chain: [], chainComplete: true, known: false } },
      reason: /could not be read/,
      result: { status: 'skip' },
    },
  ],
});
