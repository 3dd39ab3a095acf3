import type { PageView } from '../../src/domain/rule.ts';
import rule from '../../src/rules/sensitive-page-open.ts';
import { facts, label, node, pageView, readers } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const ALL = { classes: ['ALL_LICENSED_USERS'], groups: [] };
const view = (partial: Partial<Omit<PageView, 'page'>> = {}) =>
  pageView({ isRunbook: false, labels: [label('confidential')], spaceReaders: ALL, ...partial });
const secret = (certain: boolean) =>
  facts({ secrets: [{ type: 'private-key', line: 3, hash: 'a'.repeat(16), certain }] });
const restrictions = (partial: Partial<PageView['restrictions']>) => ({
  restrictions: { chain: [], chainComplete: true, known: true, ...partial },
});

testRule(rule, {
  fine: [
    { name: 'an ordinary page', view: view({ labels: [label('howto')] }) },
    { name: 'a restricted page', view: view(restrictions({ chain: [node('1001', readers(['g-hr']))] })) },
    { name: 'a page below a restricted one', view: view(restrictions({ chain: [node('9', readers([], ['ada']))] })) },
    {
      name: 'a restricted page of whose ancestors some are out of sight',
      view: view(restrictions({ chain: [node('9', readers(['g-hr']))], chainComplete: false })),
    },
    { name: 'a space for some groups', view: view({ spaceReaders: { classes: [], groups: ['g-hr'] } }) },
    {
      name: 'a space for administrators',
      view: view({ spaceReaders: { classes: ['ALL_PRODUCT_ADMINS'], groups: [] } }),
    },
    { name: 'what only looks like a password', view: view({ labels: [], facts: secret(false) }) },
    {
      name: 'a secret, where labels alone count',
      view: view({ labels: [], facts: secret(true) }),
      options: { secrets: false },
    },
    {
      name: 'an unread body, where labels alone count',
      view: view({ labels: [], facts: null }),
      options: { secrets: false },
    },
    { name: 'a label that is not on the list', view: view(), options: { labels: ['internal'] } },
  ],
  found: [
    {
      name: 'a label, in a space for all users',
      view: view(),
      reason:
        /^The page carries the label "confidential" and has no viewing restriction, and its space is open to all users\.$/,
      result: {
        severity: 'critical',
        confidence: 'full',
        evidence: {
          readers: ['ALL_LICENSED_USERS'],
          blocked_by_page_id: null,
          how_known: 'space-permissions',
          label: 'confidential',
        },
      },
    },
    {
      name: 'a label in other letters',
      view: view({ labels: [label('Strictly-Private')] }),
      reason: /"Strictly-Private"/,
    },
    { name: 'a secret', view: view({ labels: [], facts: secret(true) }), reason: /^The page shows a secret and/ },
    {
      name: 'a restriction on editing alone',
      view: view(restrictions({ chain: [node('1001', readers([]), readers(['g-hr']))] })),
      reason: /open to all users/,
    },
    {
      name: 'a space for the public, which the site may be closed to',
      view: view({ spaceReaders: { classes: ['ANONYMOUS_USERS'], groups: ['g-hr'] } }),
      reason: /open to people without an account\.$/,
      result: { confidence: 'partial' },
    },
    {
      name: 'a space for all users and the public',
      view: view({ spaceReaders: { classes: ['ANONYMOUS_USERS', 'ALL_LICENSED_USERS'], groups: [] } }),
      reason: /open to all users and to people without an account\.$/,
      result: { confidence: 'full' },
    },
    {
      name: 'a group that everybody is in',
      view: view({ spaceReaders: { classes: [], groups: ['g-all'] } }),
      options: { everyoneGroups: ['g-all'] },
      reason: /open to all users/,
    },
    {
      name: 'a space of which nothing is known',
      view: view({ spaceReaders: null }),
      reason: /permissions of the space/,
      result: { status: 'skip' },
    },
    {
      name: 'an ancestor out of sight',
      view: view(restrictions({ chainComplete: false })),
      reason: /restrictions above/,
      result: { status: 'skip' },
    },
    {
      name: 'an unread body and no label',
      view: view({ labels: [], facts: null }),
      reason: /not been read/,
      result: { status: 'skip' },
    },
  ],
});
