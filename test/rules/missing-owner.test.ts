import type { PageView } from '../../src/domain/rule.ts';
import rule from '../../src/rules/missing-owner.ts';
import { account, facts, page, pageView, version } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

/** A page that nobody owns and only a bot has edited. */
const orphaned = (partial: Partial<Omit<PageView, 'page'>> & { page?: Partial<PageView['page']> } = {}) =>
  pageView({
    accounts: new Map([account('bot', { type: 'app' }), account('ben')]),
    ...partial,
    page: page({ ownerId: null, authorId: 'bot', version: version({ authorId: 'bot' }), ...partial.page }),
  });
const named = (accountId: string | null) => facts({ ownerProperty: { accountId } });

testRule(rule, {
  fine: [
    { name: 'a page with an owner', view: pageView() },
    { name: 'an owner who is not known', view: orphaned({ page: { ownerId: 'stranger' } }) },
    { name: 'an owner in the text', view: orphaned({ facts: named('ben') }) },
    { name: 'a team that the text names in words', view: orphaned({ facts: named(null) }) },
    { name: 'a person who edited last', view: orphaned({ page: { version: version({ authorId: 'ben' }) } }) },
    { name: 'a person who edited before the bot', view: orphaned({ humanEditorId: 'ben' }) },
    { name: 'a person who began it', view: orphaned({ page: { authorId: 'ben' } }) },
    { name: 'an owner of the space', view: orphaned({ spaceOwnerId: 'ben' }) },
    { name: 'an owner, where the body was not read', view: pageView({ facts: null }) },
  ],
  found: [
    {
      name: 'nobody at all',
      view: orphaned(),
      reason: /^Nobody answers for the page: it has no owner/,
      result: { severity: 'high', subject: { type: 'page', id: '1001' } },
    },
    {
      name: 'a page that is no runbook',
      view: orphaned({ isRunbook: false }),
      reason: /Nobody/,
      result: { severity: 'medium' },
    },
    { name: 'an app as the owner', view: orphaned({ page: { ownerId: 'bot' } }), reason: /Nobody/ },
    { name: 'an app in the text', view: orphaned({ facts: named('bot') }), reason: /Nobody/ },
    { name: 'an app as the owner of the space', view: orphaned({ spaceOwnerId: 'bot' }), reason: /Nobody/ },
    {
      name: 'authors who are gone',
      view: orphaned({ page: { authorId: null, version: version({ authorId: null }) } }),
      reason: /Nobody/,
    },
    {
      name: 'a body that was not read',
      view: orphaned({ facts: null }),
      reason: /has not been read/,
      result: { status: 'skip' },
    },
  ],
});
