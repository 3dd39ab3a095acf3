import { type Instant, toIso } from './identifiers.ts';
import type { Comment, Content, WorldState } from './model.ts';

export interface NewComment {
  /** With a selection it is an inline comment, without one it stands below the text. */
  readonly selection?: string;
  readonly by: string;
  readonly at: Instant;
  readonly body?: string;
  readonly parentId?: string;
}

/** The verbs about comments. None of them makes a version of the page. */
export function commentVerbs(state: WorldState, content: (id: string) => Content) {
  const comment = (id: string): Comment => {
    const found = state.comments.get(id);
    if (found === undefined) throw new Error(`no comment ${id}`);
    return found;
  };

  return {
    comment,
    addComment(contentId: string, given: NewComment): Comment {
      const parent = given.parentId === undefined ? null : comment(given.parentId);
      const createdAt = toIso(given.at);
      const selection = parent === null ? (given.selection ?? null) : parent.selection;
      const added: Comment = {
        id: state.nextId(),
        kind: selection === null ? 'footer' : 'inline',
        containerId: content(contentId).id,
        parentId: parent?.id ?? null,
        authorId: given.by,
        createdAt,
        selection,
        body: given.body ?? '<p>?</p>',
        edits: 0,
        editedAt: createdAt,
        editedBy: given.by,
        resolution: 'open',
        settled: null,
      };
      state.comments.set(added.id, added);
      return added;
    },
    /** By its author unless somebody else is named. */
    editComment(commentId: string, body: string, at: Instant, by?: string): void {
      const edited = comment(commentId);
      const editedBy = by ?? edited.authorId;
      Object.assign(edited, { body, edits: edited.edits + 1, editedAt: toIso(at), editedBy });
    },
    /** A comment is `dangling` once the passage it was tied to is gone. */
    settleComment(commentId: string, resolution: Comment['resolution'], by: string, at: Instant): void {
      Object.assign(comment(commentId), { resolution, settled: { by, at: toIso(at) } });
    },
    deleteComment(commentId: string): void {
      for (const each of state.comments.values()) if (each.parentId === commentId) state.comments.delete(each.id);
      state.comments.delete(commentId);
    },
    commentsOf: (contentId: string): readonly Comment[] =>
      [...state.comments.values()].filter((each) => each.containerId === contentId),
  };
}
