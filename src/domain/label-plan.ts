import { AuditError } from './errors.ts';
import { rank, type Severity } from './severity.ts';

/** One open finding that is not muted. */
export interface PlanFinding {
  readonly findingId: string;
  readonly pageId: string;
  readonly ruleId: string;
  readonly status: 'fail' | 'warn';
  readonly severity: Severity;
  readonly firstSeenAt: string;
}

/** "Put this label on the pages of such findings." Keys that are absent match all; a list matches any of its members. */
export interface LabelAction {
  readonly match: {
    readonly rule?: string | readonly string[] | undefined;
    readonly status?: PlanFinding['status'] | readonly PlanFinding['status'][] | undefined;
    readonly severity?: Severity | readonly Severity[] | undefined;
  };
  readonly label: string;
}

export interface PlanPage {
  /** On the site now, whoever put them there. */
  readonly labels: ReadonlySet<string>;
  readonly version: number;
}

/** A label that the ledger says we added and nobody took back. */
export interface OwnedLabel {
  readonly pageId: string;
  readonly label: string;
  /** Of the finding that asked for it. */
  readonly severity: Severity;
  readonly addedAt: string;
}

export interface PlannedWrite {
  readonly kind: 'add' | 'remove';
  readonly pageId: string;
  readonly label: string;
  readonly pageVersion: number;
  /** The worst and then oldest finding that asks for the label; null for a removal. */
  readonly findingId: string | null;
  readonly ruleId: string | null;
  readonly severity: Severity;
  /** Since when the write has been called for: the finding's first sight, or our adding of the label. */
  readonly since: string;
  readonly reason: string;
}

export interface PlanNote {
  readonly pageId: string;
  readonly label: string;
  /**
   * `already-there`: somebody else put the label there, it is theirs. `suppressed`: people keep taking it off.
   * `taken-off`: the label that we added is gone from the page; the ledger may close it. `not-seen`: the page was not read
   * in this run, so nothing is written to it.
   */
  readonly kind: 'already-there' | 'suppressed' | 'taken-off' | 'not-seen';
}

export interface PlanInput {
  readonly findings: readonly PlanFinding[];
  readonly actions: readonly LabelAction[];
  /** The pages that were read in this run, with their labels, by id. */
  readonly pages: ReadonlyMap<string, PlanPage>;
  readonly owned: readonly OwnedLabel[];
  /** Labels that are not to be added to a page again. */
  readonly suppressed: readonly { readonly pageId: string; readonly label: string }[];
  readonly limits: { readonly writesPerRun: number; readonly writesPercent: number; readonly walkedPages: number };
  readonly prefix: string;
}

interface Wanted {
  readonly finding: PlanFinding;
  readonly label: string;
}

/**
 * The label writes that bring the site in line with the open findings: worst severity first, at equal severity removals
 * first (a label that no longer holds misleads the person who has just mended the page, a missing one only waits), then the
 * oldest. What is over the cap is deferred in the same order. Only labels that we added are ever removed.
 */
export function planLabels(input: PlanInput): {
  readonly writes: readonly PlannedWrite[];
  readonly deferred: readonly PlannedWrite[];
  readonly notes: readonly PlanNote[];
} {
  const foreign = input.actions.find(({ label }) => !label.startsWith(input.prefix));
  if (foreign !== undefined) {
    throw new AuditError('config-invalid', `The label ${foreign.label} does not begin with ${input.prefix}.`);
  }
  const wanted = wantedLabels(input);
  const owned = new Map(input.owned.map((entry) => [keyOf(entry), entry]));
  const suppressed = new Set(input.suppressed.map(keyOf));
  const planned: PlannedWrite[] = [];
  const notes: PlanNote[] = [];

  for (const [key, { finding, label }] of wanted) {
    const { pageId } = finding;
    const page = input.pages.get(pageId);
    const note = (kind: PlanNote['kind']) => notes.push({ pageId, label, kind });
    if (page === undefined) note('not-seen');
    else if (page.labels.has(label)) {
      if (!owned.has(key)) note('already-there');
    } else if (suppressed.has(key)) note('suppressed');
    else planned.push(addition(finding, label, page));
  }

  for (const [key, entry] of owned) {
    const { pageId, label } = entry;
    const page = input.pages.get(pageId);
    if (page === undefined) {
      if (!wanted.has(key)) notes.push({ pageId, label, kind: 'not-seen' });
    } else if (!page.labels.has(label)) notes.push({ pageId, label, kind: 'taken-off' });
    else if (!wanted.has(key) && label.startsWith(input.prefix)) planned.push(removal(entry, page));
  }

  planned.sort(byUrgency);
  const cap = writeCap(input.limits);
  return { writes: planned.slice(0, cap), deferred: planned.slice(cap), notes };
}

/** How many writes one run may make: `writesPerRun`, or less on a small wiki, where ten are allowed in any case. */
export function writeCap({ writesPerRun, writesPercent, walkedPages }: PlanInput['limits']): number {
  return Math.max(0, Math.min(writesPerRun, Math.max(10, Math.floor((walkedPages * writesPercent) / 100))));
}

/** Each page and label once, with the most urgent finding that asks for it. */
function wantedLabels({ findings, actions }: PlanInput): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const finding of findings) {
    for (const { match, label } of actions) {
      if (!matches(match, finding)) continue;
      const key = keyOf({ pageId: finding.pageId, label });
      const other = wanted.get(key)?.finding;
      if (other === undefined || moreUrgent(finding, other)) wanted.set(key, { finding, label });
    }
  }
  return wanted;
}

function matches({ rule, status, severity }: LabelAction['match'], finding: PlanFinding): boolean {
  return fits(rule, finding.ruleId) && fits(status, finding.status) && fits(severity, finding.severity);
}

const fits = (expected: string | readonly string[] | undefined, actual: string): boolean =>
  expected === undefined || (typeof expected === 'string' ? expected === actual : expected.includes(actual));

function moreUrgent(a: PlanFinding, b: PlanFinding): boolean {
  const order = rank(a.severity) - rank(b.severity) || Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt);
  return order === 0 ? a.findingId < b.findingId : order < 0;
}

function addition(finding: PlanFinding, label: string, page: PlanPage): PlannedWrite {
  const { pageId, findingId, ruleId, severity, firstSeenAt } = finding;
  const reason = `${ruleId} has an open finding of severity ${severity}.`;
  return {
    kind: 'add',
    pageId,
    label,
    pageVersion: page.version,
    findingId,
    ruleId,
    severity,
    since: firstSeenAt,
    reason,
  };
}

function removal({ pageId, label, severity, addedAt }: OwnedLabel, page: PlanPage): PlannedWrite {
  const reason = 'No open finding asks for the label any more.';
  const source = { findingId: null, ruleId: null };
  return { kind: 'remove', pageId, label, pageVersion: page.version, ...source, severity, since: addedAt, reason };
}

/** A total order, so that the same night always gives the same plan. */
function byUrgency(a: PlannedWrite, b: PlannedWrite): number {
  return (
    rank(a.severity) - rank(b.severity) ||
    (a.kind === b.kind ? 0 : a.kind === 'remove' ? -1 : 1) ||
    Date.parse(a.since) - Date.parse(b.since) ||
    (keyOf(a) < keyOf(b) ? -1 : 1)
  );
}

const keyOf = ({ pageId, label }: { readonly pageId: string; readonly label: string }): string => `${pageId} ${label}`;
