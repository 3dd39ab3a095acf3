import type { ReaderList } from './inventory.ts';
import type { PageView } from './rule.ts';

export type EditAccess =
  | { readonly editable: true; readonly doubt: string | null }
  | {
      readonly editable: false;
      /** Who may edit instead. */
      readonly editors: ReaderList;
      /** Partial where single people are listed: members of the group may be among them. */
      readonly confidence: 'full' | 'partial';
    };

/**
 * Whether restrictions let a group edit a page that it can read. Unlike viewing restrictions those on editing are not handed down: only
 * the page's own list counts. https://support.atlassian.com/confluence-cloud/docs/add-or-remove-page-restrictions/
 */
export function groupMayEdit(pageId: string, groupId: string, { chain, known }: PageView['restrictions']): EditAccess {
  const editors = chain.find((node) => node.pageId === pageId)?.update;
  if (editors !== undefined && editors.users.length + editors.groups.length > 0 && !editors.groups.includes(groupId)) {
    return { editable: false, editors, confidence: editors.users.length > 0 ? 'partial' : 'full' };
  }
  return { editable: true, doubt: known ? null : 'The restrictions of the page could not be read.' };
}
