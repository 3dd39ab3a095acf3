import { setImmediate } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm/sql';
import type { Clock } from '../src/runtime/clock.ts';

const DAY_MS = 86_400_000;

/** One time for the program, the database and the site: it stands still but for waits, which take no time, and `pass`. */
export interface SimulatedClock extends Clock {
  readonly inSql: () => SQL;
  readonly pass: (time: { readonly days?: number; readonly seconds?: number }) => void;
  readonly ago: (days: number) => Date;
  /** Sets the time of day, forward or back, as an administrator or NTP does; the monotonic clock does not notice. */
  readonly step: (seconds: number) => void;
}

export function createSimulatedClock(start: string): SimulatedClock {
  let at = Date.parse(start);
  let stepped = 0;
  const now = () => new Date(at + stepped);
  return {
    now,
    monotonic: () => at,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      const end = at + ms;
      await setImmediate(undefined, signal === undefined ? {} : { signal });
      at = Math.max(at, end);
    },
    // Waits take no time, so a heart that beats by this clock would beat without end.
    every(ms, work) {
      const timer = setInterval(work, ms);
      timer.unref();
      return () => clearInterval(timer);
    },
    breathe: async () => undefined,
    inSql: () => sql`${now().toISOString()}::timestamptz`,
    pass: ({ days = 0, seconds = 0 }) => {
      at += days * DAY_MS + seconds * 1000;
    },
    ago: (days) => new Date(at + stepped - days * DAY_MS),
    step: (seconds) => {
      stepped += seconds * 1000;
    },
  };
}
