import type { Action } from './ladder.ts';

export interface WriteLimits {
  readonly writesPerRun: number;
  readonly writesPercent: number;
  readonly writesPerSpace: number;
  readonly walkedPages: number;
}

export type DeferredWrite<T> = T & { readonly deferredBecause: string };

interface Bounded {
  readonly spaceKey: string;
  readonly actionName: string | null;
  readonly needsApproval: boolean;
}

/** How many writes one run may make: `writesPerRun`, or less on a small wiki, where ten are allowed in any case. */
export function writeCap({ writesPerRun, writesPercent, walkedPages }: Omit<WriteLimits, 'writesPerSpace'>): number {
  return Math.max(0, Math.min(writesPerRun, Math.max(10, Math.floor((walkedPages * writesPercent) / 100))));
}

/**
 * Splits writes, worst first, into those of this run and those that a limit leaves for later, with the limit that does. What waits for
 * somebody's approval takes only what the others leave: it may wait for long, and nothing should wait behind it.
 */
export function boundWrites<T extends Bounded>(
  ordered: readonly T[],
  limits: WriteLimits,
  actions: readonly Pick<Action, 'name' | 'writesPerRun'>[],
): { readonly writes: readonly T[]; readonly deferred: readonly DeferredWrite<T>[] } {
  const cap = writeCap(limits);
  const ofAction = new Map(actions.map(({ name, writesPerRun }) => [name, writesPerRun ?? Number.POSITIVE_INFINITY]));
  const inSpace = new Map<string, number>();
  const inAction = new Map<string, number>();
  const taken = new Set<T>();
  const because = new Map<T, string>();
  for (const one of [...ordered.filter((w) => !w.needsApproval), ...ordered.filter((w) => w.needsApproval)]) {
    const name = one.actionName ?? '';
    const spaces = inSpace.get(one.spaceKey) ?? 0;
    const ofThis = inAction.get(name) ?? 0;
    const allowed = ofAction.get(name) ?? Number.POSITIVE_INFINITY;
    if (taken.size >= cap) because.set(one, `One run makes ${cap} writes at most.`);
    else if (spaces >= limits.writesPerSpace)
      because.set(one, `One run makes ${limits.writesPerSpace} writes in a space at most.`);
    else if (ofThis >= allowed) because.set(one, `One run makes ${allowed} writes of the action ${name} at most.`);
    else {
      taken.add(one);
      inSpace.set(one.spaceKey, spaces + 1);
      inAction.set(name, ofThis + 1);
    }
  }
  return {
    writes: ordered.filter((one) => taken.has(one)),
    deferred: ordered.flatMap((one) => {
      const deferredBecause = because.get(one);
      return deferredBecause === undefined ? [] : { ...one, deferredBecause };
    }),
  };
}
