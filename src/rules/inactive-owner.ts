import { z } from 'zod';
import { type Owner, ownerOf } from '../domain/page-owner.ts';
import { quoted } from '../domain/printable.ts';
import { defineRule } from '../domain/rule.ts';

/** `unknown` is what Confluence says where it does not tell; it is no proof that somebody left. */
const GONE: Readonly<Record<string, string>> = { inactive: 'is deactivated', closed: 'is closed' };

const ROLE: Readonly<Record<Owner['how'], string>> = {
  'page-owner': 'The owner of the page',
  'owner-property': 'The owner whom the text names, because the page itself has none,',
  'last-editor': 'The last editor, who stands in because the page has no owner,',
  'space-owner': 'The owner of the space, who stands in because the page has no owner,',
};

/** Finds pages whose owner has left. Who the owner is: src/domain/page-owner.ts. */
export default defineRule({
  id: 'inactive-owner',
  title: 'Owner of the page has left',
  why: 'Questions and reminders go to an account that nobody reads any more, so the page ages unseen.',
  severity: 'high',
  remediation: 'Transfer the page to somebody who works on its subject today.',
  explanation: [
    'A page whose owner, found in the same order, has a deactivated or closed account.',
    'An account of which Confluence does not tell (`unknown`) is no finding. What is known of an account is up to a week old. `medium` on pages that are no runbooks, whatever `severity` says.',
  ],
  example: 'The owner of the page is "Name of ada", and that account is deactivated.',
  appliesTo: 'pages',
  options: z.strictObject({}),
  needs: ['accounts', 'body'],
  *check(view) {
    const owner = ownerOf(view);
    if (owner === null || owner.accountId === null) return;
    if (view.facts === null && owner.how !== 'page-owner') {
      yield { status: 'skip', reason: 'The body, which may name an owner, has not been read at this version yet.' };
      return;
    }
    const account = view.accounts.get(owner.accountId);
    if (account === undefined) {
      yield { status: 'skip', reason: 'The account of the owner has not been looked up yet.' };
      return;
    }
    const gone = GONE[account.status];
    if (gone === undefined) return;
    const name = account.displayName.trim() === '' ? account.id : account.displayName;
    yield {
      reason: `${ROLE[owner.how]} is ${quoted(name)}, and that account ${gone}.`,
      evidence: { owner_account_id: account.id, owner_status: account.status, owner_by: owner.how },
      ...(view.isRunbook ? {} : { severity: 'medium' as const }),
    };
  },
});
