import type { Account } from '../../src/domain/inventory.ts';
import rule from '../../src/rules/inactive-owner.ts';
import { account, facts, pageView, version } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const owned = (partial: Partial<Account>) => pageView({ accounts: new Map([account('ada', partial)]) });
const left = new Map([account('ada', { status: 'inactive' }), account('ben'), account('cyd', { status: 'closed' })]);
const unowned = { ownerId: null, authorId: 'ben', version: version({ authorId: 'ben' }) };

testRule(rule, {
  fine: [
    { name: 'an active owner', view: owned({}) },
    { name: 'an owner of whom Confluence does not tell', view: owned({ status: 'unknown', type: 'unknown' }) },
    { name: 'a state that is not known yet', view: owned({ status: 'sleeping' }) },
    {
      name: 'an app, which is no owner',
      view: pageView({ accounts: new Map([account('ada', { type: 'app', status: 'inactive' })]) }),
    },
    {
      name: 'an author who left, where the owner is there',
      view: pageView({ accounts: left, page: { ownerId: 'ben' } }),
    },
    {
      name: 'a team in words',
      view: pageView({ accounts: left, page: unowned, facts: facts({ ownerProperty: { accountId: null } }) }),
    },
    {
      name: 'no owner at all',
      view: pageView({ accounts: left, page: { ...unowned, authorId: null, version: version({ authorId: null }) } }),
    },
  ],
  found: [
    {
      name: 'a deactivated owner',
      view: owned({ status: 'inactive' }),
      reason: /^The owner of the page is "Name of ada", and that account is deactivated\.$/,
      result: {
        severity: 'high',
        evidence: { owner_account_id: 'ada', owner_status: 'inactive', owner_by: 'page-owner' },
      },
    },
    { name: 'a closed account', view: owned({ status: 'closed' }), reason: /is closed\.$/ },
    { name: 'an account without a name', view: owned({ status: 'closed', displayName: ' ' }), reason: /is "ada", and/ },
    {
      name: 'a page that is no runbook',
      view: { ...owned({ status: 'closed' }), isRunbook: false },
      reason: /closed/,
      result: { severity: 'medium' },
    },
    {
      name: 'an owner, where the body was not read',
      view: { ...owned({ status: 'closed' }), facts: null },
      reason: /closed/,
    },
    {
      name: 'whom the text names',
      view: pageView({ accounts: left, page: unowned, facts: facts({ ownerProperty: { accountId: 'cyd' } }) }),
      reason: /^The owner whom the text names.* "Name of cyd"/,
    },
    {
      name: 'the last editor of a page without an owner',
      view: pageView({ accounts: left, page: { ...unowned, version: version({ authorId: 'cyd' }) } }),
      reason: /^The last editor, who stands in/,
    },
    {
      name: 'the owner of the space of a page without anybody',
      view: pageView({
        accounts: left,
        spaceOwnerId: 'cyd',
        page: { ...unowned, authorId: null, version: version({ authorId: null }) },
      }),
      reason: /^The owner of the space, who stands in/,
    },
    {
      name: 'an account that was not looked up',
      view: pageView({ accounts: new Map() }),
      reason: /looked up/,
      result: { status: 'skip' },
    },
    {
      name: 'a body that was not read and could name an owner',
      view: pageView({ accounts: left, page: unowned, facts: null }),
      reason: /has not been read/,
      result: { status: 'skip' },
    },
  ],
});
