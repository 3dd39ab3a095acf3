/** Requests that were served lately, in two windows one after the other. */
export interface Goodput {
  readonly since: number;
  readonly count: number;
  readonly before: number;
  readonly beforeMs: number;
}

const WINDOW_MS = 2_000;
const SHORTEST_MS = 500;
const ENOUGH = 5;

export const startGoodput = (now: number): Goodput => ({ since: now, count: 0, before: 0, beforeMs: 0 });

/** Counts requests served at this moment. */
export function addServed(goodput: Goodput, now: number, count: number): Goodput {
  const age = now - goodput.since;
  if (age < WINDOW_MS || (goodput.count < ENOUGH && age < 10 * WINDOW_MS))
    return { ...goodput, count: goodput.count + count };
  const recent = goodput.count >= ENOUGH && age < 10 * WINDOW_MS;
  return { since: now, count, before: recent ? goodput.count : 0, beforeMs: recent ? age : 0 };
}

/** Requests per second of the last two to four seconds, or null where too little was seen to say. */
export function goodputOf({ since, count, before, beforeMs }: Goodput, now: number): number | null {
  const spanMs = now - since + beforeMs;
  return spanMs < SHORTEST_MS || before + count < ENOUGH ? null : ((before + count) * 1_000) / spanMs;
}
