import { tasks } from '../../src/simulator/seed/storage.ts';
import type { Variant } from './variant.ts';

/** Who wrote a runbook, who answers for it, who may open it, and what they remarked. */
export const PEOPLE: readonly Variant[] = [
  {
    about: 'only one person ever edited it',
    expected: ['bus-factor-one'],
    change: () => ({ edits: [70, 50, 20].map((age) => ({ by: 'ann', age }) as const) }),
  },
  {
    about: 'only one person and a bot ever edited it',
    expected: ['bus-factor-one'],
    change: () => ({
      edits: [
        { by: 'ann', age: 20 },
        { by: 'bot', age: 2 },
      ],
    }),
  },
  {
    about: 'a second person edited it once, long ago',
    expected: [],
    change: () => ({
      edits: [
        { by: 'cem', age: 280 },
        { by: 'ann', age: 20 },
      ],
    }),
  },
  { about: 'its owner has left', expected: ['inactive-owner'], change: () => ({ owner: 'leaver' }) },
  { about: 'the account of its owner is closed', expected: ['inactive-owner'], change: () => ({ owner: 'closed' }) },
  {
    about: 'an author has left, its owner has not',
    expected: [],
    change: () => ({ by: 'leaver', owner: 'cem' }),
  },
  {
    about: 'owned by an app, and its text names somebody who has left',
    expected: ['inactive-owner'],
    change: (_, { mention, say }) => ({ owner: 'bot', rows: [[say('Owner', 'Verantwortlich'), mention('leaver')]] }),
  },
  {
    about: 'owned by an app, and its text names a team',
    expected: [],
    change: (_, { say }) => ({ owner: 'bot', rows: [[say('Owner', 'Verantwortlich'), 'Team Kasse']] }),
  },
  {
    about: 'the on-call group cannot open it',
    expected: ['unreadable-runbook'],
    change: () => ({ read: { groups: ['vault-keepers'] } }),
  },
  {
    about: 'restricted, but to the on-call group too',
    expected: [],
    change: () => ({ read: { groups: ['vault-keepers', 'sre-oncall'] } }),
  },
  {
    about: 'only the account of the audit can open it',
    expected: ['unreadable-runbook', 'single-reader'],
    change: () => ({ read: { users: ['auditor'] } }),
  },
  {
    about: 'two people can open it',
    expected: ['unreadable-runbook'],
    change: () => ({ read: { users: ['auditor', 'ben'] } }),
  },
  {
    about: 'everybody who could open it has left',
    expected: ['unreadable-runbook', 'restricted-to-inactive'],
    change: () => ({ read: { users: ['auditor', 'leaver', 'closed'] } }),
  },
  {
    about: 'the on-call group cannot edit it',
    expected: ['uneditable-runbook'],
    change: () => ({ update: { groups: ['vault-keepers'] } }),
  },
  {
    about: 'the on-call group may edit it with another one',
    expected: [],
    change: () => ({ update: { groups: ['vault-keepers', 'sre-oncall'] } }),
  },
  {
    about: 'confidential and open to everybody',
    expected: ['sensitive-page-open'],
    change: ({ labels }) => ({ labels: [...labels, 'confidential'] }),
  },
  {
    about: 'confidential and restricted',
    expected: [],
    change: ({ labels }) => ({
      labels: [...labels, 'strictly-internal'],
      read: { groups: ['sre-oncall', 'vault-keepers'] },
    }),
  },
  {
    about: 'about security, which is not secret',
    expected: [],
    change: ({ labels }) => ({ labels: [...labels, 'security', 'secrets-manager'] }),
  },
  {
    about: 'a remark is open for long',
    expected: ['unresolved-comments'],
    change: () => ({ remarks: [{ age: 45, selection: 'wait' }] }),
  },
  {
    about: 'a remark was opened again',
    expected: ['unresolved-comments'],
    change: () => ({ remarks: [{ age: 80, selection: 'wait', settled: 'reopened' }] }),
  },
  {
    about: 'remarks that are resolved, new, without a passage, or below the text',
    expected: [],
    change: () => ({
      remarks: [
        { age: 90, selection: 'wait', settled: 'resolved' },
        { age: 90, selection: 'gone', settled: 'dangling' },
        { age: 10, selection: 'wait' },
        { age: 90, selection: null },
      ],
    }),
  },
  {
    about: 'a task is overdue',
    expected: ['overdue-task'],
    change: ({ more }, { day, mention }) => ({
      more: more + tasks([{ done: false, raw: `${mention('dora')} spare part <time datetime="${day(20)}" />` }]),
    }),
  },
  {
    about: 'tasks that are done, to come, or without a day',
    expected: [],
    change: ({ more }, { day, mention }) => ({
      more:
        more +
        tasks([
          { done: true, raw: `${mention('dora')} spare part <time datetime="${day(20)}" />` },
          { done: false, raw: `${mention('dora')} second key <time datetime="${day(-20)}" />` },
          { done: false, raw: 'paint the door' },
        ]),
    }),
  },
];
