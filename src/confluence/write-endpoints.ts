import type { WriteKind } from '../domain/write-action.ts';
import { type Endpoint, ENDPOINTS as e } from './endpoints.ts';

/**
 * The operations that each kind of write takes beside those of every audit, the one that writes first: what a consent has to cover, and what
 * is probed before the first write. `systemInfo` is in none of them, because archiving goes without it.
 */
export const WRITE_ENDPOINTS = {
  label: [e.addLabel, e.removeLabel],
  comment: [e.addComment, e.updateComment, e.removeComment, e.footerComment, e.footerCommentsOf, e.repliesTo],
  property: [e.addProperty, e.updateProperty, e.removeProperty, e.propertiesOf],
  archive: [e.archivePages, e.longTask],
  // With the way back, or an undo would find that it may not.
  trash: [e.trashPage, e.trashPost, e.restorePage, e.page],
} as const satisfies Record<WriteKind, readonly Endpoint[]>;
