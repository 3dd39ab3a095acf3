import { setImmediate } from 'node:timers/promises';
import type { Time } from '../../chaos/time.ts';

interface Waiter {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of the event loop in which everything that can go on without time has gone on. */
const SETTLED_TURNS = 3;

/**
 * A simulated time that sleeps while a database works, instead of looking every turn whether it is done: so that the processor's time is
 * that of the program. What goes on in it must be tracked by `holding` or wait for this time.
 */
export function createIdleTime(start: string): Time {
  const begin = Date.parse(start);
  let at = 0;
  let held = 0;
  let released = Promise.withResolvers<void>();
  const waiting = new Set<Waiter>();

  return {
    at: () => at,
    now: () => new Date(begin + at),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          waiting.delete(waiter);
          reject(new Error('The wait was stopped.'));
        };
        const waiter: Waiter = {
          at: at + Math.max(0, ms),
          wake: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        if (signal?.aborted === true) return stop();
        signal?.addEventListener('abort', stop, { once: true });
        waiting.add(waiter);
      }),
    end: () => waiting.clear(),
    async holding(work) {
      held += 1;
      try {
        return await work;
      } finally {
        held -= 1;
        released.resolve();
        released = Promise.withResolvers();
      }
    },
    async until(work, boundMs) {
      const bound = at + boundMs;
      let settled = false;
      const settle = (): void => {
        settled = true;
        released.resolve();
      };
      work.then(settle, settle);
      for (;;) {
        for (let turn = 0; turn < SETTLED_TURNS; turn += 1) await setImmediate();
        if (settled) return work;
        if (held > 0) {
          await released.promise;
          continue;
        }
        const next = [...waiting].reduce<Waiter | null>(
          (first, each) => (first === null || each.at < first.at ? each : first),
          null,
        );
        if (next === null) continue;
        if (next.at > bound) throw new Error(`The work has not ended after ${boundMs / 1000} seconds.`);
        waiting.delete(next);
        at = Math.max(at, next.at);
        next.wake();
      }
    },
  };
}
