import type { PageView } from './rule.ts';

export interface Owner {
  /** Null where the page names its owner in words. */
  readonly accountId: string | null;
  readonly how: 'page-owner' | 'owner-property' | 'last-editor' | 'space-owner';
}

/**
 * Who answers for a page: its owner, else whom the row "Owner" of its text names, else its last editor who is a person, else
 * the owner of its space. Apps answer for nothing. Null where nobody is left.
 */
export function ownerOf(
  view: Pick<PageView, 'page' | 'facts' | 'accounts' | 'humanEditorId' | 'spaceOwnerId'>,
): Owner | null {
  const { page, facts, accounts, humanEditorId, spaceOwnerId } = view;
  const person = (id: string | null): string | null => (id !== null && accounts.get(id)?.type !== 'app' ? id : null);
  const property = facts?.ownerProperty ?? null;

  const pageOwner = person(page.ownerId);
  if (pageOwner !== null) return { accountId: pageOwner, how: 'page-owner' };
  if (property !== null && (property.accountId === null || person(property.accountId) !== null)) {
    return { accountId: property.accountId, how: 'owner-property' };
  }
  const editor = person(humanEditorId) ?? person(page.version.authorId) ?? person(page.authorId);
  if (editor !== null) return { accountId: editor, how: 'last-editor' };
  const spaceOwner = person(spaceOwnerId);
  return spaceOwner === null ? null : { accountId: spaceOwner, how: 'space-owner' };
}
