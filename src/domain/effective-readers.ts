import type { ReaderList } from './inventory.ts';
import type { PageView, RestrictedNode } from './rule.ts';

export type GroupAccess =
  | {
      readonly readable: true;
      readonly confidence: 'full' | 'partial';
      /** Why the answer could be another one; null at full confidence. */
      readonly doubt: string | null;
    }
  | {
      readonly readable: false;
      /** The nearest node that shuts the group out. */
      readonly blockedBy: { readonly pageId: string; readonly title: string };
      /** How many nodes farther up shut it out as well. */
      readonly moreBlocks: number;
      /** Who may pass that node. */
      readonly readers: ReaderList;
      /** Partial where single people are listed: members of the group may be among them. */
      readonly confidence: 'full' | 'partial';
      readonly doubt: string | null;
    };

/**
 * Whether restrictions let a group read a page. Confluence hands down read restrictions: each node on the way to the root
 * that has a list of its own must name the group, and a node without one leaves the question to its parent. Update lists
 * shut nobody out from reading. https://support.atlassian.com/confluence-cloud/docs/add-or-remove-page-restrictions/
 */
export function groupAccess(groupId: string, restrictions: PageView['restrictions']): GroupAccess {
  const blocking = restrictions.chain.filter((node) => isRestricted(node) && !node.read.groups.includes(groupId));
  const [nearest, ...farther] = blocking;
  if (nearest !== undefined) {
    const people = Math.min(...blocking.map((node) => node.read.users.length));
    return {
      readable: false,
      blockedBy: { pageId: nearest.pageId, title: nearest.title },
      moreBlocks: farther.length,
      readers: nearest.read,
      confidence: people > 0 ? 'partial' : 'full',
      doubt: people > 0 ? 'Members of the group may be among the people who are listed by name.' : null,
    };
  }
  if (!restrictions.known) {
    return { readable: true, confidence: 'partial', doubt: 'The restrictions of the page itself could not be read.' };
  }
  if (!restrictions.chainComplete) {
    return {
      readable: true,
      confidence: 'partial',
      doubt: 'An ancestor of the page is invisible to the audit account.',
    };
  }
  return { readable: true, confidence: 'full', doubt: null };
}

const isRestricted = ({ read }: RestrictedNode): boolean => read.users.length > 0 || read.groups.length > 0;
