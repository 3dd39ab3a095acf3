interface Wait {
  /** How long the finding must have been open; a later step also waits for the ones before it. */
  readonly afterMs: number;
  /** Whether only `apply` with somebody's name may carry it out. */
  readonly approval: boolean;
}

/** One thing that an action does about a finding. */
export type Step =
  | ({ readonly kind: 'label'; readonly label: string } & Wait)
  | ({ readonly kind: 'property'; readonly key: string } & Wait)
  | ({ readonly kind: 'comment'; readonly template: string; readonly cooldownMs: number } & Wait)
  | ({ readonly kind: 'archive' | 'trash' } & Wait);

/** What is done about the findings of some rules: a ladder of steps, each harder than the one before. */
export interface Action {
  readonly name: string;
  /** Rule ids (patterns are spelt out), and the statuses that count. */
  readonly match: { readonly rules: readonly string[]; readonly statuses: readonly ('fail' | 'warn')[] };
  readonly steps: readonly Step[];
  /** Writes of this action in one run; null where only the limits of the tenant bound it. */
  readonly writesPerRun: number | null;
}

/** The name under which a step stands on its page; empty where it leaves nothing there. */
export const markOf = (step: Step): string =>
  step.kind === 'label'
    ? step.label
    : step.kind === 'property'
      ? step.key
      : step.kind === 'comment'
        ? step.template
        : '';

export interface Rung {
  readonly step: Step;
  /** The step that would come after it; null at the end of the ladder. */
  readonly next: { readonly step: Step; readonly dueAt: Date } | null;
  readonly dueAt: Date;
}

/**
 * The steps that are due for a finding, those that were taken before included. A step waits until the finding has been open for its
 * span, and until the one before has stood for as long as the two spans are apart: so a page that was stale for years when somebody
 * switched the actions on still gets the whole grace. `standsSince` says since when a step stands; null: it does not yet; `blocked`: it will
 * not, and nothing harder follows.
 */
export function rungsDue(
  steps: readonly Step[],
  {
    openSince,
    now,
    standsSince,
  }: {
    readonly openSince: Date;
    readonly now: Date;
    readonly standsSince: (step: Step) => Date | 'blocked' | null;
  },
): readonly Rung[] {
  const rungs: Rung[] = [];
  const opened = openSince > now ? now : openSince;
  let before: { readonly step: Step; readonly since: Date } | null = null;
  for (const [index, step] of steps.entries()) {
    const dueAt = dueOf(step, opened, before);
    if (dueAt > now) break;
    const since = standsSince(step);
    // A step that is taken in this plan stands from now on; so does one of a later time, for the clock may have been set back.
    const stands = since === 'blocked' || since === null || since > now ? now : since;
    const following = steps[index + 1];
    const next =
      following === undefined ? null : { step: following, dueAt: dueOf(following, opened, { step, since: stands }) };
    rungs.push({ step, dueAt, next });
    if (since === 'blocked') break;
    before = { step, since: stands };
  }
  return rungs;
}

function dueOf(step: Step, openSince: Date, before: { readonly step: Step; readonly since: Date } | null): Date {
  const opened = openSince.getTime() + step.afterMs;
  const grace = before === null ? 0 : before.since.getTime() + Math.max(0, step.afterMs - before.step.afterMs);
  return new Date(Math.max(opened, grace));
}
