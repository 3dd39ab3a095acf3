import { z } from 'zod';
import { defineRule, type PageView } from '../domain/rule.ts';

const LEFT: ReadonlySet<string> = new Set(['inactive', 'closed']);
const MAX_READERS = 50;

/**
 * Finds pages that viewing restrictions leave to people who have all left. The account of the audit reads them too, or they would not be
 * here, and does not count; where it is a person's own, that person can still open the page, hence `partial`. A list that
 * names a group may let in anybody and is not judged, and neither is an account of which Confluence does not tell (`unknown`).
 */
export default defineRule({
  id: 'restricted-to-inactive',
  title: 'Everybody who may read the page has left',
  why: 'The page is as good as lost: nobody opens it, nobody knows what it says, and only an administrator can free it.',
  severity: 'high',
  remediation:
    'Have an administrator add the team as a group to the viewers of the page that the finding names, or archive it.',
  explanation: [
    'A page that viewing restrictions leave to people whose accounts are all deactivated or closed.',
    "The account of the audit reads it too and does not count, nor do apps; where it is listed, `confidence` is `partial`, since it may be a person's own. Lists that name a group, and accounts of which Confluence does not tell, are no finding.",
  ],
  example: 'The viewing restrictions leave the page to 2 people whose accounts are all deactivated.',
  appliesTo: 'pages',
  options: z.strictObject({}),
  needs: ['restrictions', 'accounts'],
  *check({ restrictions, accounts }, { auditAccountId }) {
    const closed = closedLists(restrictions);
    const [nearest, ...farther] = closed;
    if (nearest === undefined) {
      if (!restrictions.known) yield { status: 'skip', reason: 'The restrictions of the page could not be read.' };
      return;
    }
    const all = nearest.read.users.filter((id) => farther.every(({ read }) => read.users.includes(id)));
    const others = all.filter((id) => id !== auditAccountId && accounts.get(id)?.type !== 'app');
    if (others.length === 0 || !others.every((id) => LEFT.has(accounts.get(id)?.status ?? ''))) return;
    const spared = others.length < all.length;
    yield {
      reason: `${spared ? 'Besides the account of this audit and apps, the' : 'The'} viewing restrictions leave the page to ${
        others.length === 1 ? 'one person whose account is' : `${others.length} people whose accounts are all`
      } deactivated.`,
      evidence: {
        readers: others.slice(0, MAX_READERS).map((id) => `user ${id}`),
        blocked_by_page_id: nearest.pageId,
        how_known: 'restrictions',
      },
      confidence: all.includes(auditAccountId ?? '') ? 'partial' : 'full',
    };
  },
});

/** The lists on the way to the root that name people only, nearest first. */
const closedLists = ({ chain }: PageView['restrictions']) =>
  chain.filter(({ read }) => read.users.length > 0 && read.groups.length === 0);
