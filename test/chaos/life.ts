import type { Clock } from '../../src/runtime/clock.ts';
import type { Time } from './time.ts';
import type { Trace } from './trace.ts';

/**
 * Where a worker meets the world. A request: before it is sent, and after the site has acted. A transaction: before it begins, before
 * it commits, and after it has. A wait: when it ends.
 */
type Edge = 'send' | 'answered' | 'begin' | 'commit' | 'committed' | 'woke';

/** What befalls a worker at a step: its process dies, the step fails, or the process stands still for so long. */
export type Deed = { readonly does: 'die' | 'fail' } | { readonly does: 'pause'; readonly ms: number };

/** One process, whose steps are counted. A dead one never acts again: what it awaits never comes. */
export interface Life {
  readonly name: string;
  readonly clock: Clock;
  /** Resolves when the process may go on; rejects with `failure()` where the step fails. */
  readonly step: (edge: Edge, what: string, failure?: () => Error) => Promise<void>;
  /** The same where nothing may wait: inside a transaction. Throws when the process is dead. */
  readonly stepAtOnce: (edge: Edge, what: string, failure?: () => Error) => void;
  readonly dead: () => boolean;
  readonly standsStill: () => boolean;
  readonly died: Promise<void>;
  /** Resolves at the first pause. */
  readonly paused: Promise<void>;
  readonly steps: () => number;
  /** What befell it, with the step. */
  readonly befell: readonly string[];
}

/**
 * Where a deed has no sense. A wait does not fail. Between the last look at the lease and the request no process can look again, so one
 * that stands still does so before that look.
 */
const NOT_THERE: Readonly<Record<Deed['does'], ReadonlySet<Edge>>> = {
  die: new Set(),
  fail: new Set(['woke']),
  pause: new Set(['send']),
};

class Dead extends Error {}

/** For a continuation of a dead process. */
const never = (): Promise<never> => new Promise(() => undefined);

export function createLife({
  name,
  time,
  trace,
  deeds,
  clockOffset = () => 0,
}: {
  readonly name: string;
  readonly time: Time;
  readonly trace: Trace;
  /** By the number of the step, counted from 1. */
  readonly deeds: ReadonlyMap<number, Deed>;
  /** How far its time of day is off, in milliseconds. */
  readonly clockOffset?: (() => number) | undefined;
}): Life {
  const befell: string[] = [];
  const { promise: died, resolve: die } = Promise.withResolvers<void>();
  const { promise: paused, resolve: pause } = Promise.withResolvers<void>();
  let steps = 0;
  let dead = false;
  let pausedUntil = 0;

  /** Counts a step and says what befalls the process there. */
  const count = (edge: Edge, what: string): Deed['does'] | null => {
    steps += 1;
    trace.add(`${time.at()} ${name} ${steps} ${edge} ${what}`);
    const deed = deeds.get(steps);
    if (deed === undefined || NOT_THERE[deed.does].has(edge)) return null;
    befell.push(`${deed.does} at step ${steps} (${edge} ${what})`);
    if (deed.does === 'die') {
      dead = true;
      die();
    }
    if (deed.does === 'pause') {
      pausedUntil = time.at() + deed.ms;
      pause();
    }
    return deed.does;
  };
  const awake = async (): Promise<void> => {
    while (pausedUntil > time.at()) await time.sleep(pausedUntil - time.at());
  };
  const step: Life['step'] = async (edge, what, failure) => {
    await awake();
    const does = dead ? null : count(edge, what);
    // A dead process holds no request open: the throw ends what the machine would have ended.
    if (dead) return edge === 'send' || edge === 'answered' ? Promise.reject(new Dead()) : never();
    await awake();
    if (does === 'fail' && failure !== undefined) throw failure();
  };

  return {
    name,
    step,
    stepAtOnce(edge, what, failure) {
      if (dead) throw new Dead();
      const does = count(edge, what);
      if (dead) throw new Dead();
      if (does === 'fail' && failure !== undefined) throw failure();
    },
    dead: () => dead,
    standsStill: () => pausedUntil > time.at(),
    died,
    paused,
    steps: () => steps,
    befell,
    clock: {
      now: () => new Date(time.now().getTime() + clockOffset()),
      monotonic: time.at,
      breathe: async () => undefined,
      async sleep(ms, signal) {
        await time.sleep(ms, signal);
        await step('woke', `${Math.round(ms)} ms`);
      },
      every(ms, work) {
        let stopped = false;
        const beat = async (): Promise<void> => {
          for (;;) {
            await time.sleep(ms);
            await awake();
            if (stopped || dead) return;
            work();
          }
        };
        // The world may end while a process of it still beats.
        beat().catch(() => undefined);
        return () => {
          stopped = true;
        };
      },
    },
  };
}
