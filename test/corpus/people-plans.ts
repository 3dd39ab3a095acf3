import { include, p, pageLink, text } from '../../src/simulator/seed/storage.ts';
import type { PagePlan, Setting } from './page.ts';

const said = text('What is here was written by a program from what it knows of the machines in the hall.');
const page = (space: string, title: string, about: string, plan: Partial<PagePlan> = {}): PagePlan => ({
  space,
  title,
  about,
  expected: [],
  body: said,
  created: 50,
  ...plan,
});

/** A space that an app keeps, public ones, one for a few, and what lies outside of the audit. */
export const surroundings = ({ mention }: Setting): readonly PagePlan[] => [
  page('BOTS', 'Machine list', 'written, owned and kept by an app in a space of an app', {
    by: 'bot',
    expected: ['missing-owner'],
  }),
  page('BOTS', 'Machine list, corrected', 'an app owns it, and a person corrected it', {
    by: 'bot',
    edits: [{ by: 'ben', age: 9 }],
  }),
  page('BOTS', 'Machine list, owned', 'an app wrote it, and its table names a person', {
    by: 'bot',
    body: `${said}<table><tbody><tr><th>Owner</th><td>${mention('cem')}</td></tr></tbody></table>`,
  }),
  page('BOTS', 'Machine list, orphaned', 'an app owns it, and its table names nobody', {
    by: 'bot',
    expected: ['missing-owner'],
    body: `${said}<table><tbody><tr><th>Owner</th><td>TBD</td></tr></tbody></table>`,
  }),
  page('BOTS', 'Machine list, left', 'an app owns it, and its last editor has left', {
    by: 'bot',
    edits: [{ by: 'leaver', age: 30 }],
    expected: ['inactive-owner'],
  }),
  page('MUSEUM', 'Opening hours', 'in a public space'),
  page('MUSEUM', 'Names of donors', 'confidential in a public space', {
    labels: ['sensitive'],
    expected: ['sensitive-page-open'],
  }),
  page('SHOP', 'Delivery times', 'in a public space that is meant'),
  page('BOARD', 'Salaries', 'confidential in a space for a few', { labels: ['confidential'] }),
  page('BOARD', 'Minutes of the board', 'in a space for a few'),
  page('~ANN', 'Private thoughts of Ann', 'in a personal space, which is not audited', { body: '' }),
  page('OLD', 'Runbook: telex', 'in an archived space, which is not audited', {
    created: 3_000,
    body: p(pageLink('Gone')),
  }),
  page('SAFE', 'Vault', 'restricted to those who keep it', { read: { groups: ['vault-keepers'] } }),
  page('SAFE', 'Shelf in the vault', 'below a restricted page, open in itself', {
    parent: 'Vault',
    labels: ['confidential'],
  }),
];

/** A runbook below a restricted page, and two lists that leave one reader. */
export const inheritors = (body: string): readonly PagePlan[] => {
  const edits = [{ by: 'ben', age: 15 }] as const;
  const sound = { body, edits, created: 200, labels: ['runbook', 'team-vault'] };
  return [
    page('SAFE', 'Open the vault', 'a child of a page that the on-call group cannot read', {
      ...sound,
      parent: 'Vault',
      expected: ['unreadable-runbook'],
    }),
    page('SAFE', 'Shut the vault', 'lets the on-call group in, below a page that does not', {
      ...sound,
      parent: 'Vault',
      read: { groups: ['sre-oncall', 'vault-keepers'] },
      expected: ['unreadable-runbook'],
    }),
    page('SAFE', 'Small room', 'restricted to two', { read: { users: ['ann', 'auditor'] } }),
    page('SAFE', 'Move the safe', 'its list and the one above it have one reader in common', {
      ...sound,
      parent: 'Small room',
      read: { users: ['ben', 'auditor'] },
      expected: ['unreadable-runbook', 'single-reader'],
    }),
    page('SAFE', 'Count the keys', 'may be read by all, edited by few, below a page that only few may edit', {
      ...sound,
      update: { groups: ['sre-oncall'] },
    }),
    page('SAFE', 'Runbook: copy of the steps', 'includes a page that exists', {
      ...sound,
      labels: ['team-vault'],
      body: body + include('Count the keys'),
    }),
  ];
};
