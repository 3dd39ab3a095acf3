import { AuditError } from './errors.ts';
import { markOf } from './ladder.ts';
import { commentFor, settledComment } from './owner-comment.ts';
import { rank } from './severity.ts';
import { type Suppressed, type Wanted, wantedMarks } from './wanted-marks.ts';
import { kindOf, markKey, type WriteAction, type WriteKind } from './write-action.ts';
import { boundWrites, type DeferredWrite } from './write-bounds.ts';
import type { OwnedMark, PlanInput, PlannedWrite, PlanNote, PlanPage } from './write-plan-input.ts';

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
  const { pageId, findingId, ruleId, severity, openSince, reason } = finding;
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
    reason,
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

const keyOf = ({ action, pageId, mark }: PlannedWrite): string => markKey({ kind: kindOf(action), pageId, mark });
