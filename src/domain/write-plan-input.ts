import type { Action } from './ladder.ts';
import type { CommentWords } from './owner-comment.ts';
import type { Severity } from './severity.ts';
import type { WriteAction, WriteKind } from './write-action.ts';
import type { WriteLimits } from './write-bounds.ts';

/** One open finding that is not muted. */
export interface PlanFinding {
  readonly findingId: string;
  readonly pageId: string;
  readonly ruleId: string;
  readonly status: 'fail' | 'warn';
  readonly severity: Severity;
  /** When it was opened, or opened again. */
  readonly openSince: string;
  /** When it was last opened, opened again, or changed its severity. */
  readonly changedAt: string;
  readonly reason: string;
}

export interface PlanPage {
  /** On the site now, whoever put them there. */
  readonly labels: ReadonlySet<string>;
  readonly version: number;
  readonly spaceKey: string;
  /** Whom a comment asks; null where nobody is known who could answer. */
  readonly ownerAccountId: string | null;
  /** Why it is neither archived nor trashed, whatever the settings say; null where nothing speaks against it. */
  readonly keptBecause: string | null;
}

/** What the ledger says we put on a page and nobody took back. */
export interface OwnedMark {
  readonly kind: 'label' | 'property' | 'comment';
  readonly pageId: string;
  readonly mark: string;
  /** Of the finding that asked for it. */
  readonly severity: Severity;
  readonly findingId: string;
  readonly ruleId: string;
  readonly actionName: string | null;
  readonly addedAt: string;
  /** When it was written last, and what. */
  readonly writtenAt: string;
  readonly content: string | null;
  /** Of the comment or property on the site. */
  readonly remoteId: string | null;
  readonly remoteVersion: number | null;
}

export interface PlannedWrite {
  readonly action: WriteAction;
  readonly pageId: string;
  readonly mark: string;
  readonly content: string | null;
  readonly remoteId: string | null;
  readonly remoteVersion: number | null;
  readonly pageVersion: number;
  readonly spaceKey: string;
  /** The worst and then oldest finding that asks for it; of a removal the one that had asked. */
  readonly findingId: string;
  readonly ruleId: string;
  readonly actionName: string | null;
  readonly severity: Severity;
  /** Since when the write has been called for: the finding's opening, or our adding of the mark. */
  readonly since: string;
  readonly dueAt: string;
  readonly needsApproval: boolean;
  readonly reason: string;
}

export interface PlanNote {
  readonly pageId: string;
  readonly mark: string;
  /**
   * `already-there`: somebody else put the label there, it is theirs. `suppressed`: people keep taking it off, or undid it.
   * `taken-off`: what we added is gone from the page; the ledger may close it. `not-seen`: the page was not read in this run, so
   * nothing is written to it. `kept`: the page is none that may be archived or trashed. `not-allowed`: the site's plan does not archive.
   */
  readonly kind: 'already-there' | 'suppressed' | 'taken-off' | 'not-seen' | 'kept' | 'not-allowed';
}

/** Everything that a plan follows from. */
export interface PlanInput {
  readonly now: Date;
  readonly findings: readonly PlanFinding[];
  readonly actions: readonly Action[];
  /** The pages that were read in this run, by id. */
  readonly pages: ReadonlyMap<string, PlanPage>;
  readonly owned: readonly OwnedMark[];
  /** What is not to be put on a page again; where `until` is given only for findings that have not changed since. */
  readonly suppressed: readonly {
    readonly kind: WriteKind;
    readonly pageId: string;
    readonly mark: string;
    readonly until: string | null;
  }[];
  /** What stays where it is: removals that somebody undid, or that the site refused of late. */
  readonly kept: readonly { readonly kind: WriteKind; readonly pageId: string; readonly mark: string }[];
  readonly limits: WriteLimits;
  readonly prefix: string;
  /** Why the site archives no pages; null where nothing is known against it. */
  readonly archiveRefused: string | null;
  readonly words: CommentWords;
}
