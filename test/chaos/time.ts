import { setImmediate } from 'node:timers/promises';

interface Waiter {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
  readonly stop: () => void;
}

/** The one time of a simulated world: it stands still while anybody works, and jumps to the next moment that somebody waits for. */
export interface Time {
  /** Milliseconds since the world began. */
  readonly at: () => number;
  readonly now: () => Date;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Ends the world: whatever waits for time is told so, and nothing of it is kept alive. */
  readonly end: () => void;
  /** Time stands still until this has ended. */
  readonly holding: <T>(work: Promise<T>) => Promise<T>;
  /** Runs the world until `work` has ended. Throws `Endless` after `boundMs`, or as soon as nobody waits for anything any more. */
  readonly until: <T>(work: Promise<T>, boundMs: number) => Promise<T>;
}

export class Endless extends Error {}

/** Turns of the event loop without work or a waiter after which nothing will ever happen again. */
const SILENT_TURNS = 200;

export function createTime(start: string): Time {
  const begin = Date.parse(start);
  let at = 0;
  let order = 0;
  let held = 0;
  let ended = false;
  const waiting: Waiter[] = [];

  const enqueue = (waiter: Waiter): void => {
    let place = waiting.length;
    while (place > 0 && later(waiting[place - 1] as Waiter, waiter)) place -= 1;
    waiting.splice(place, 0, waiter);
  };

  const time: Time = {
    at: () => at,
    now: () => new Date(begin + at),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new Endless('The world has ended.'));
        if (signal?.aborted === true) return reject(asError(signal.reason));
        const stop = (): void => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(asError(signal?.reason));
        };
        // Node keeps a signal that was made of others for as long as anybody listens to it, and a world with it.
        const deaf = (): void => signal?.removeEventListener('abort', stop);
        const waiter: Waiter = {
          at: at + Math.max(0, ms),
          order: (order += 1),
          wake: () => {
            deaf();
            resolve();
          },
          stop: () => {
            deaf();
            reject(new Endless('The world has ended.'));
          },
        };
        signal?.addEventListener('abort', stop, { once: true });
        enqueue(waiter);
      }),
    end() {
      ended = true;
      for (const waiter of waiting.splice(0)) waiter.stop();
    },
    async holding(work) {
      held += 1;
      try {
        return await work;
      } finally {
        held -= 1;
      }
    },
    async until(work, boundMs) {
      const bound = at + boundMs;
      let settled = false;
      let silent = 0;
      const settle = (): void => {
        settled = true;
      };
      work.then(settle, settle);
      for (;;) {
        // A turn of the loop: everything that can go on without time has gone on.
        await setImmediate();
        if (settled) return work;
        if (held > 0) continue;
        const next = waiting[0];
        if (next === undefined) {
          silent += 1;
          if (silent > SILENT_TURNS) throw new Endless('Nobody waits for anything, and the work has not ended.');
          continue;
        }
        silent = 0;
        if (next.at > bound) throw new Endless(`The work has not ended after ${boundMs / 1000} seconds.`);
        waiting.shift();
        at = Math.max(at, next.at);
        next.wake();
      }
    },
  };
  return time;
}

const later = (a: Waiter, b: Waiter): boolean => a.at > b.at || (a.at === b.at && a.order > b.order);

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));
