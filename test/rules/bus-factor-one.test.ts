import rule from '../../src/rules/bus-factor-one.ts';
import { account, daysAgo, pageView, version } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const accounts = new Map([account('ada', { displayName: 'Ada' }), account('ben'), account('bot', { type: 'app' })]);
/** Created by one, last edited by another, with what the versions in between say. */
const written = (by: string | null, last: string | null, contributors: string[] | null, number = 7) =>
  pageView({ page: { authorId: by, version: version({ authorId: last, number }) }, accounts, contributors });

testRule(rule, {
  fine: [
    { name: 'two people, without reading more', view: written('ada', 'ben', null) },
    { name: 'one person at both ends and another between', view: written('ada', 'ada', ['ada', 'ben']) },
    { name: 'a person whom nobody knows', view: written('ada', 'ada', ['ada', 'stranger']) },
    { name: 'a bot last, and two people before it', view: { ...written('ada', 'bot', null), humanEditorId: 'ben' } },
    { name: 'a bot alone', view: written('bot', 'bot', ['bot']) },
    {
      name: 'a young runbook',
      view: pageView({ page: { createdAt: daysAgo(29), version: version({ number: 1 }) }, accounts }),
    },
  ],
  found: [
    {
      name: 'a single version',
      view: written('ada', 'ada', null, 1),
      reason: /^Only "Ada" has ever edited the runbook \(one version\)\.$/,
      result: { severity: 'low', evidence: { contributors: ['ada'], versions: 1 } },
    },
    {
      name: 'many versions by one person',
      view: written('ada', 'ada', ['ada']),
      reason: /^Only "Ada" .* \(7 versions\)/,
    },
    { name: 'one person and a bot', view: written('ada', 'bot', ['ada', 'bot']), reason: /^Only "Ada"/ },
    {
      name: 'one person and somebody who does not count',
      view: written('ada', 'ben', ['ada', 'ben']),
      options: { ignoreAuthors: ['ben'] },
      reason: /^Only "Ada"/,
    },
    {
      name: 'a young runbook, where age does not matter',
      view: pageView({ page: { createdAt: daysAgo(1), version: version({ number: 1 }) }, accounts }),
      options: { minDays: 0 },
      reason: /^Only "Ada"/,
    },
    { name: 'an account that is not known', view: written('eve', 'eve', ['eve']), reason: /^Only the account "eve"/ },
    {
      name: 'versions that were not read',
      view: written('ada', 'ada', null),
      reason: /have not been read/,
      result: { status: 'skip' },
    },
  ],
});
