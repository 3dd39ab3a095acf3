/** What stands on a page because of us, or happens to it. */
export type WriteKind = 'label' | 'property' | 'comment' | 'archive' | 'trash';

interface ActionTraits {
  readonly kind: WriteKind;
  /** What a person reads. */
  readonly done: string;
  /** Requests of its own, beside those that look at many pages at once. */
  readonly cost: number;
  /** What takes it back; null where nothing does. */
  readonly inverse: string | null;
  /** Why nothing takes it back. */
  readonly final?: string;
}

const TRAITS = {
  'add-label': { kind: 'label', done: 'The label was added.', cost: 1, inverse: 'remove-label' },
  'remove-label': { kind: 'label', done: 'The label was removed.', cost: 1, inverse: 'add-label' },
  'add-property': { kind: 'property', done: 'The content property was set.', cost: 2, inverse: 'remove-property' },
  'remove-property': { kind: 'property', done: 'The content property was removed.', cost: 2, inverse: 'add-property' },
  'add-comment': { kind: 'comment', done: 'The comment was posted.', cost: 1, inverse: 'remove-comment' },
  'update-comment': {
    kind: 'comment',
    done: 'The comment was brought up to date.',
    cost: 2,
    inverse: null,
    final: 'what a comment said before is not kept on the site; undo the run that posted it to delete it',
  },
  'remove-comment': {
    kind: 'comment',
    done: 'The comment was deleted.',
    cost: 3,
    inverse: null,
    final: 'Confluence deletes comments for good',
  },
  archive: {
    kind: 'archive',
    done: 'The page was archived.',
    cost: 3,
    inverse: null,
    final: 'Confluence has no API that takes a page out of the archive: somebody has to restore it by hand',
  },
  trash: { kind: 'trash', done: 'The page was moved to the trash.', cost: 1, inverse: 'restore' },
  restore: { kind: 'trash', done: 'The page was taken out of the trash.', cost: 2, inverse: 'trash' },
} as const satisfies Record<string, ActionTraits>;

export type WriteAction = keyof typeof TRAITS;

/** What is known of an action beforehand. */
export const traitsOf = (action: WriteAction): ActionTraits & { readonly inverse: WriteAction | null } =>
  TRAITS[action];

export const kindOf = (action: WriteAction): WriteKind => TRAITS[action].kind;

/** Names what stands on a page, or is wanted there. */
export const markKey = (mark: { readonly kind: WriteKind; readonly pageId: string; readonly mark: string }): string =>
  `${mark.kind} ${mark.pageId} ${mark.mark}`;
