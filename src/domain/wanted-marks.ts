import { markOf, rungsDue, type Step } from './ladder.ts';
import { settledComment } from './owner-comment.ts';
import { rank } from './severity.ts';
import { markKey, type WriteKind } from './write-action.ts';
import type { OwnedMark, PlanFinding, PlanInput, PlanPage } from './write-plan-input.ts';

/** Something that findings ask for. */
export interface Wanted {
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
export type Suppressed = (key: string, finding: PlanFinding) => boolean;

/** Each mark once, with the findings that ask for it. */
export function wantedMarks(
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

function byFindingUrgency(a: PlanFinding, b: PlanFinding): number {
  const order = rank(a.severity) - rank(b.severity) || Date.parse(a.openSince) - Date.parse(b.openSince);
  return order === 0 ? (a.findingId < b.findingId ? -1 : 1) : order;
}
