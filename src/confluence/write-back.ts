import type { ContentType, Label } from '../domain/inventory.ts';
import { archivePages, edition, type LongTask, longTask } from './archiving.ts';
import { addComment, commentById, commentsOn, removeComment, repliesTo, updateComment } from './comment-writes.ts';
import type { WrittenComment } from './comment-writes.ts';
import { addLabel, removeLabel } from './labels.ts';
import { restorePage, trashPage } from './page-lifecycle.ts';
import { type PageState, pageStates } from './page-states.ts';
import { addProperty, type Property, propertyNamed, removeProperty, updateProperty } from './properties.ts';
import type { Ask } from './request.ts';

/**
 * All that can be written, with what has to be read for it. Where a write may or may not have been done, its error satisfies
 * `isOutcomeUnknown`; `forbidden` where the object is there and may not be written; `conflict` where it is at another version.
 */
export interface WriteBack {
  addLabel(pageId: string, name: string): Promise<Label[]>;
  removeLabel(pageId: string, name: string): Promise<void>;
  addComment(pageId: string, contentType: ContentType, storage: string): Promise<{ id: string; version: number }>;
  /** Null where it is gone, or in the trash with its page. */
  commentById(id: string): Promise<WrittenComment | null>;
  /** `version` is the new number. */
  updateComment(id: string, version: number, storage: string): Promise<{ version: number }>;
  /** For good. */
  removeComment(id: string): Promise<void>;
  /** Footer comments without replies, oldest first. */
  commentsOn(pageId: string, contentType: ContentType): Promise<WrittenComment[]>;
  repliesTo(commentId: string): Promise<number>;
  propertyNamed(pageId: string, key: string): Promise<Property | null>;
  /** A key that is taken is a `conflict`. */
  addProperty(pageId: string, key: string, value: unknown): Promise<{ id: string; version: number }>;
  /** `version` is the new number. */
  updateProperty(
    pageId: string,
    propertyId: string,
    key: string,
    version: number,
    value: unknown,
  ): Promise<{ version: number }>;
  removeProperty(pageId: string, propertyId: string): Promise<void>;
  /** At most 300; no API takes it back. */
  archivePages(ids: readonly string[]): Promise<{ taskId: string }>;
  longTask(id: string): Promise<LongTask>;
  trashPage(id: string, contentType: ContentType): Promise<void>;
  /** Gives the number of the version that it makes. */
  restorePage(
    id: string,
    options: { readonly parentId: string | null; readonly message: string },
  ): Promise<{ version: number }>;
  /** In the archive and in the trash too; what is gone or invisible is absent. */
  pageStates(ids: readonly string[], contentType: ContentType): Promise<ReadonlyMap<string, PageState>>;
  /** The edition of the site in its own word; null where the account may not ask or the site does not say. */
  edition(): Promise<string | null>;
}

/** Binds the writes to a way of asking. */
export const createWriteBack = (ask: Ask): WriteBack => ({
  addLabel: (pageId, name) => addLabel(ask, pageId, name),
  removeLabel: (pageId, name) => removeLabel(ask, pageId, name),
  addComment: (pageId, contentType, storage) => addComment(ask, { pageId, contentType }, storage),
  commentById: (id) => commentById(ask, id),
  updateComment: (id, version, storage) => updateComment(ask, { id, version, storage }),
  removeComment: (id) => removeComment(ask, id),
  commentsOn: (pageId, contentType) => commentsOn(ask, pageId, contentType),
  repliesTo: (commentId) => repliesTo(ask, commentId),
  propertyNamed: (pageId, key) => propertyNamed(ask, pageId, key),
  addProperty: (pageId, key, value) => addProperty(ask, pageId, { key, value }),
  updateProperty: (pageId, id, key, version, value) => updateProperty(ask, pageId, { id, key, version, value }),
  removeProperty: (pageId, propertyId) => removeProperty(ask, pageId, propertyId),
  archivePages: (ids) => archivePages(ask, ids),
  longTask: (id) => longTask(ask, id),
  trashPage: (id, contentType) => trashPage(ask, id, contentType),
  restorePage: (id, options) => restorePage(ask, id, options),
  pageStates: (ids, contentType) => pageStates(ask, ids, contentType),
  edition: () => edition(ask),
});
