import { type Instant, stableUuid, toIso } from './identifiers.ts';
import type { Attachment, Content, Readers, WorldState } from './model.ts';

export interface NewAttachment {
  readonly title: string;
  readonly mediaType: string;
  readonly fileSize: number;
  readonly by: string;
  readonly at: Instant;
  readonly comment?: string;
}

const labelKey = (name: string, prefix: string): string => `${prefix}:${name.toLowerCase()}`;

/** The verbs about what hangs on a page: labels, properties, restrictions, attachments. None of them makes a version. */
export function markVerbs(state: WorldState, content: (id: string) => Content) {
  return {
    /** Adds nothing where the label is there already; names are kept in lower case. */
    addLabel(contentId: string, name: string, by: string, at: Instant = new Date(0), prefix = 'global'): void {
      const key = labelKey(name, prefix);
      const { labels } = content(contentId);
      if (labels.has(key)) return;
      if (!state.labelIds.has(key)) state.labelIds.set(key, state.nextId());
      labels.set(key, { prefix, name: name.toLowerCase(), by, at: toIso(at) });
    },
    removeLabel(contentId: string, name: string): void {
      const { labels } = content(contentId);
      for (const [key, label] of labels) if (label.name === name.toLowerCase()) labels.delete(key);
    },
    labelsOf: (contentId: string): string[] =>
      [...content(contentId).labels.values()].map((label) => label.name).toSorted(),
    /** The next version of a property that is there. */
    setProperty(contentId: string, key: string, { value, by, at }: { value: unknown; by: string; at: Instant }): void {
      const { properties } = content(contentId);
      const before = properties.get(key);
      const id = before?.id ?? state.nextId();
      properties.set(key, { id, version: (before?.version ?? 0) + 1, value, by, at: toIso(at) });
    },
    removeProperty(contentId: string, key: string): void {
      content(contentId).properties.delete(key);
    },
    /** The new version that a status makes is left to whoever tells the story. */
    setStatus(contentId: string, name: string, at: Instant): void {
      content(contentId).state = { id: 3, name, color: '#57d9a3', at: toIso(at) };
    },
    setReadRestriction(contentId: string, readers: Partial<Readers>): void {
      content(contentId).read = { users: [], groups: [], ...readers };
    },
    setUpdateRestriction(contentId: string, editors: Partial<Readers>): void {
      content(contentId).update = { users: [], groups: [], ...editors };
    },
    addAttachment(contentId: string, given: NewAttachment): Attachment {
      content(contentId);
      const id = `att${state.nextId()}`;
      const added: Attachment = {
        id,
        containerId: contentId,
        title: given.title,
        mediaType: given.mediaType,
        fileSize: given.fileSize,
        fileId: stableUuid(state.id, 'file', id),
        authorId: given.by,
        createdAt: toIso(given.at),
        comment: given.comment ?? '',
        status: 'current',
      };
      state.attachments.set(id, added);
      return added;
    },
    removeAttachment(attachmentId: string): void {
      const file = state.attachments.get(attachmentId);
      if (file === undefined) throw new Error(`no attachment ${attachmentId}`);
      file.status = 'trashed';
    },
    attachmentsOf: (contentId: string): readonly Attachment[] =>
      [...state.attachments.values()].filter((file) => file.containerId === contentId && file.status === 'current'),
  };
}
