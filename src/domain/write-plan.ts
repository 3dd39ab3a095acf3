import { boundWrites, type DeferredWrite, type WriteLimits } from './write-bounds.ts';
import { AuditError } from './errors.ts';
import type { Action, Step } from './ladder.ts';
import { markOf, rungsDue } from './ladder.ts';
import { commentFor, type CommentWords, settledComment } from './owner-comment.ts';
import { rank, type Severity } from './severity.ts';
import { markKey, traitsOf, type WriteAction, type WriteKind } from './write-action.ts';

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
  /** Removals that somebody undid: they stay undone. */
  readonly kept: readonly { readonly kind: WriteKind; readonly pageId: string; readonly mark: string }[];
  readonly limits: WriteLimits;
  readonly prefix: string;
  /** Why the site archives no pages; null where nothing is known against it. */
  readonly archiveRefused: string | null;
  readonly words: CommentWords;
}

interface Wanted {
  readonly kind: WriteKind;
  readonly pageId: string;
  readonly mark: string;
  readonly step: Step;
  readonly actionName: string;
  readonly dueAt: Date;
  /** The most urgent one first. */
  readonly findings: readonly PlanFinding[];
  /** What follows for the most urgent one. */
  readonly next: { readonly step: Step; readonly dueAt: Date } | null;
}

/** Whether a mark is not to be put on a page for this finding. */
type Suppressed = (key: string, finding: PlanFinding) => boolean;

export interface WritePlan {
  readonly writes: readonly PlannedWrite[];
  readonly deferred: readonly DeferredWrite<PlannedWrite>[];
  readonly notes: readonly PlanNote[];
}

/**
 * The writes that bring the site in line with the open findings: worst severity first, at equal severity removals first (a label that no
 * longer holds misleads the person who has just mended the page, a missing one only waits), then the oldest. What is over a limit is
 * deferred in the same order. Only what we added is ever removed.
 */
export function planWrites(input: PlanInput): WritePlan {
  refuseForeignMarks(input);
  const owned = new Map(input.owned.map((entry) => [markKey(entry), entry]));
  const rests = new Map(input.suppressed.map((entry) => [markKey(entry), entry.until]));
  const suppressed: Suppressed = (key, finding) => {
    const until = rests.get(key);
    return until === null || (until !== undefined && Date.parse(finding.changedAt) <= Date.parse(until));
  };
  const wanted = wantedMarks(input, owned, suppressed);
  const planned: PlannedWrite[] = [];
  const notes: PlanNote[] = [];

  for (const [key, want] of wanted) {
    const page = input.pages.get(want.pageId);
    const verdict =
      page === undefined
        ? 'not-seen'
        : additionOf(
            input,
            want,
            page,
            owned.get(key),
            want.findings.every((finding) => suppressed(key, finding)),
          );
    if (typeof verdict === 'string') notes.push({ pageId: want.pageId, mark: want.mark, kind: verdict });
    else if (verdict !== null) planned.push(verdict);
  }
  const kept = new Set(input.kept.map(markKey));
  for (const [key, entry] of owned) {
    const verdict = removalOf(input, entry, wanted.has(key), kept.has(key));
    if (typeof verdict === 'string') notes.push({ pageId: entry.pageId, mark: entry.mark, kind: verdict });
    else if (verdict !== null) planned.push(verdict);
  }
  planned.sort(byUrgency);
  return { ...boundWrites(planned, input.limits, input.actions), notes };
}

function refuseForeignMarks({ actions, prefix }: PlanInput): void {
  for (const step of actions.flatMap(({ steps }) => steps)) {
    if ((step.kind === 'label' || step.kind === 'property') && !markOf(step).startsWith(prefix))
      throw new AuditError('config-invalid', `The ${step.kind} ${markOf(step)} does not begin with ${prefix}.`);
  }
}

/** Each mark once, with the findings that ask for it. */
function wantedMarks(
  { findings, actions, now, pages }: PlanInput,
  owned: ReadonlyMap<string, OwnedMark>,
  suppressed: Suppressed,
): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const finding of findings.toSorted(byFindingUrgency)) {
    const page = pages.get(finding.pageId);
    const openSince = new Date(finding.openSince);
    for (const { name, match, steps } of actions) {
      if (!match.rules.includes(finding.ruleId) || !match.statuses.includes(finding.status)) continue;
      const standsSince = (step: Step) => since(step, { finding, page, owned, suppressed });
      for (const { step, dueAt, next } of rungsDue(steps, { openSince, now, standsSince })) {
        const want = { kind: step.kind, pageId: finding.pageId, mark: markOf(step) };
        const key = markKey(want);
        const other = wanted.get(key);
        if (other !== undefined) wanted.set(key, { ...other, findings: [...other.findings, finding] });
        else wanted.set(key, { ...want, step, actionName: name, dueAt, findings: [finding], next });
      }
    }
  }
  return wanted;
}

/** Since when a step stands on the page of a finding. */
function since(
  step: Step,
  at: {
    readonly finding: PlanFinding;
    readonly page: PlanPage | undefined;
    readonly owned: ReadonlyMap<string, OwnedMark>;
    readonly suppressed: Suppressed;
  },
): Date | 'blocked' | null {
  const key = markKey({ kind: step.kind, pageId: at.finding.pageId, mark: markOf(step) });
  const openSince = new Date(at.finding.openSince);
  const ours = at.owned.get(key);
  if (ours !== undefined) {
    // A comment that was settled says nothing of a finding that was opened again.
    if (step.kind === 'comment' && ours.content === settledComment(step.template)) return null;
    return new Date(Math.max(Date.parse(ours.addedAt), openSince.getTime()));
  }
  if (step.kind === 'label' && at.page?.labels.has(step.label) === true) return openSince;
  return at.page === undefined || at.suppressed(key, at.finding) ? 'blocked' : null;
}

function additionOf(
  input: PlanInput,
  want: Wanted,
  page: PlanPage,
  ours: OwnedMark | undefined,
  isSuppressed: boolean,
): PlannedWrite | PlanNote['kind'] | null {
  const { step } = want;
  if (step.kind === 'label' && page.labels.has(step.label)) return ours === undefined ? 'already-there' : null;
  if (step.kind === 'property' && ours !== undefined) return null;
  if (isSuppressed) return 'suppressed';
  if ((step.kind === 'archive' || step.kind === 'trash') && page.keptBecause !== null) return 'kept';
  if (step.kind === 'archive' && input.archiveRefused !== null) return 'not-allowed';
  const content = contentOf(input, want, page);
  if (step.kind !== 'comment' || ours === undefined)
    return write(ADDITIONS[step.kind], want, { page, content, ours: null });
  const quiet = Date.parse(ours.writtenAt) + step.cooldownMs > input.now.getTime();
  return ours.content === content || quiet ? null : write('update-comment', want, { page, content, ours });
}

const ADDITIONS = {
  label: 'add-label',
  property: 'add-property',
  comment: 'add-comment',
  archive: 'archive',
  trash: 'trash',
} as const satisfies Record<WriteKind, WriteAction>;

function contentOf({ words }: PlanInput, { step, findings, next }: Wanted, page: PlanPage): string | null {
  if (step.kind === 'property')
    return JSON.stringify({ rules: [...new Set(findings.map(({ ruleId }) => ruleId))].toSorted() });
  if (step.kind !== 'comment') return null;
  return commentFor(step.template, { ownerAccountId: page.ownerAccountId, findings, next, words });
}

function write(
  action: WriteAction,
  want: Wanted,
  {
    page,
    content,
    ours,
  }: { readonly page: PlanPage; readonly content: string | null; readonly ours: OwnedMark | null },
): PlannedWrite {
  const [finding] = want.findings;
  if (finding === undefined) throw new Error('Nothing asks for this write.');
  const { pageId, findingId, ruleId, severity, openSince } = finding;
  return {
    action,
    pageId,
    mark: want.mark,
    content,
    remoteId: ours?.remoteId ?? null,
    remoteVersion: ours?.remoteVersion ?? null,
    pageVersion: page.version,
    spaceKey: page.spaceKey,
    findingId,
    ruleId,
    actionName: want.actionName,
    severity,
    since: openSince,
    dueAt: want.dueAt.toISOString(),
    needsApproval: want.step.approval,
    reason: `${ruleId} has an open finding of severity ${severity}.`,
  };
}

function removalOf(
  { pages, prefix, now }: PlanInput,
  entry: OwnedMark,
  isWanted: boolean,
  isKept: boolean,
): PlannedWrite | PlanNote['kind'] | null {
  const { pageId, mark } = entry;
  const page = pages.get(pageId);
  if (page === undefined) return isWanted ? null : 'not-seen';
  if (entry.kind === 'label' && !page.labels.has(mark)) return 'taken-off';
  if (isWanted || isKept || (entry.kind !== 'comment' && !mark.startsWith(prefix))) return null;
  const content = entry.kind === 'comment' ? settledComment(mark) : entry.content;
  if (entry.kind === 'comment' && entry.content === content) return null;
  const action =
    entry.kind === 'label' ? 'remove-label' : entry.kind === 'property' ? 'remove-property' : 'update-comment';
  const { severity, findingId, ruleId, actionName, addedAt, remoteId, remoteVersion } = entry;
  return {
    action,
    pageId,
    mark,
    content,
    remoteId,
    remoteVersion,
    pageVersion: page.version,
    spaceKey: page.spaceKey,
    findingId,
    ruleId,
    actionName,
    severity,
    since: addedAt,
    dueAt: now.toISOString(),
    needsApproval: false,
    reason: `No open finding asks for the ${entry.kind} any more.`,
  };
}

function byFindingUrgency(a: PlanFinding, b: PlanFinding): number {
  const order = rank(a.severity) - rank(b.severity) || Date.parse(a.openSince) - Date.parse(b.openSince);
  return order === 0 ? (a.findingId < b.findingId ? -1 : 1) : order;
}

const takesBack = ({ action }: PlannedWrite): boolean => action === 'remove-label' || action === 'remove-property';

/** A total order, so that the same night always gives the same plan. */
function byUrgency(a: PlannedWrite, b: PlannedWrite): number {
  return (
    rank(a.severity) - rank(b.severity) ||
    (takesBack(a) === takesBack(b) ? 0 : takesBack(a) ? -1 : 1) ||
    Date.parse(a.since) - Date.parse(b.since) ||
    (keyOf(a) < keyOf(b) ? -1 : 1)
  );
}

const keyOf = ({ action, pageId, mark }: PlannedWrite): string =>
  markKey({ kind: traitsOf(action).kind, pageId, mark });
