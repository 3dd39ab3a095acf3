import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/** The only source of time and waiting; everything that decides receives its values instead. */
export interface Clock {
  readonly now: () => Date;
  /** Milliseconds from an arbitrary start that never go back; for durations and waits. */
  readonly monotonic: () => number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Calls `work` again and again, `ms` apart, until what it returns is called; keeps no process alive. */
  readonly every: (ms: number, work: () => void) => () => void;
  /** For long work between its parts: lets timers, sockets and others have their turn, where nobody has done so for a while. */
  readonly breathe: () => Promise<void>;
}

/** A few may work side by side and each takes this long before it lets go: together they stay below fifty. */
const BREATH_MS = 8;

/** Node runs a longer timer after one millisecond instead. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const monotonic = (): number => performance.now();

/** The machine's clock. */
export function createClock(): Clock {
  let breathedAt = monotonic();
  return {
    now: () => new Date(),
    monotonic,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      const end = monotonic() + ms;
      let left = ms;
      while (left > 0) {
        try {
          // eslint-disable-next-line no-await-in-loop -- one wait after the other is the purpose
          await wait(Math.min(left, LONGEST_TIMER_MS), undefined, signal === undefined ? {} : { signal });
        } catch (error) {
          // The timer rejects with its own AbortError; callers want to know why.
          signal?.throwIfAborted();
          throw error;
        }
        left = end - monotonic();
      }
    },
    every(ms, work) {
      const timer = setInterval(work, ms);
      timer.unref();
      return () => clearInterval(timer);
    },
    async breathe() {
      if (monotonic() - breathedAt < BREATH_MS) return;
      await nextTurn();
      breathedAt = monotonic();
    },
  };
}
