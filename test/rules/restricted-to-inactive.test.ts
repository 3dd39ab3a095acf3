import type { RestrictedNode } from '../../src/domain/rule.ts';
import rule from '../../src/rules/restricted-to-inactive.ts';
import { account, node, pageView, readers } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const context = { auditAccountId: 'auditor' };
const accounts = new Map([
  account('ada'),
  account('auditor'),
  account('bot', { type: 'app' }),
  account('gone', { status: 'inactive' }),
  account('closed', { status: 'closed' }),
  account('mystery', { status: 'unknown' }),
]);
const view = (chain: readonly RestrictedNode[], known = true) =>
  pageView({ accounts, restrictions: { chain, chainComplete: true, known }, isRunbook: false });
const people = (pageId: string, ...users: readonly string[]) => node(pageId, readers([], users));

testRule(rule, {
  fine: [
    { name: 'no restriction', view: view([]), context },
    { name: 'somebody who is still there', view: view([people('1001', 'gone', 'ada')]), context },
    { name: 'a group beside those who left', view: view([node('1001', readers(['g-sre'], ['gone']))]), context },
    { name: 'an account of which nobody tells', view: view([people('1001', 'gone', 'mystery')]), context },
    { name: 'an account that was never looked up', view: view([people('1001', 'gone', 'stranger')]), context },
    { name: 'the audit alone, which single-reader judges', view: view([people('1001', 'auditor')]), context },
    { name: 'a restriction on editing', view: view([node('1001', readers([]), readers([], ['gone']))]), context },
    { name: 'two lists that share nobody', view: view([people('1001', 'gone'), people('9', 'closed')]), context },
  ],
  found: [
    {
      name: 'everybody left',
      view: view([people('1001', 'gone', 'closed')]),
      context,
      reason: /^The viewing restrictions leave the page to 2 people whose accounts are all deactivated\.$/,
      result: {
        severity: 'high',
        confidence: 'full',
        evidence: { readers: ['user gone', 'user closed'], blocked_by_page_id: '1001', how_known: 'restrictions' },
      },
    },
    {
      name: 'everybody but the audit and an app',
      view: view([people('1001', 'gone', 'auditor', 'bot')]),
      context,
      reason: /^Besides the account of this audit and apps, the .* one person whose account is deactivated\.$/,
      result: {
        confidence: 'partial',
        evidence: { readers: ['user gone'], blocked_by_page_id: '1001', how_known: 'restrictions' },
      },
    },
    {
      name: 'an ancestor that leaves only one who left',
      view: view([people('1001', 'ada', 'gone'), people('9', 'gone', 'ben')]),
      context,
      reason: /one person/,
      result: { confidence: 'full' },
    },
    {
      name: 'an ancestor with a group, which takes nobody in who is not on the list of the page',
      view: view([people('1001', 'gone'), node('9', readers(['g-sre'], []))]),
      context,
      reason: /one person/,
    },
    {
      name: 'lists that could not be read',
      view: view([], false),
      context,
      reason: /could not be read/,
      result: { status: 'skip' },
    },
  ],
});
