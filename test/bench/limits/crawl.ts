import { createLimiter, type LimitShape, permitted } from '../../../src/simulator/limiter.ts';
import { createDice, createVirtualTime, type VirtualTime } from './virtual-time.ts';

/** What a client is told when a request comes back. */
interface Reply {
  readonly served: boolean;
  /** Milliseconds that Retry-After asks for; 0 for a request that was served. */
  readonly retryAfterMs: number;
  readonly toldLimit: number | null;
}

/** A way to behave at a limit: one of these is driven by all workers of one process. */
export interface Manner {
  /** Waits until a request may leave; ends with the moment of departure. */
  readonly take: () => Promise<number>;
  readonly reply: (reply: Reply, sentAt: number) => Promise<void> | void;
}

export type MakeManner = (on: { time: VirtualTime; dice: () => number; process: number }) => Manner;

export interface Scenario {
  readonly name: string;
  readonly shape: LimitShape;
  readonly seconds: number;
  readonly processes?: number;
  /** The answers state the limit. */
  readonly told?: boolean;
  /** What the pacer is held to: percent used at least, percent refused at most. */
  readonly goal?: { readonly used: number; readonly refused: number };
  /** The rate that was remembered; absent for a cold start. */
  readonly warm?: number;
}

export interface Figures {
  readonly permitted: number;
  readonly served: number;
  readonly refused: number;
  /** Waves of refusals: at least a second without one lies between two of them. */
  readonly epochs: number;
  readonly longestStallMs: number;
  /** For each change of the limit: seconds until a second with 90 % of the new rate was seen; null where never. */
  readonly recoveredAfter: readonly (number | null)[];
}

/** Whole seconds, rounded up and at least one, as gateways send it. */
const retryAfter = (freeInMs: number): number => Math.max(1, Math.ceil(freeInMs / 1_000)) * 1_000;

const WORKERS = 16;
const ROUND_TRIP_MS = 250;
const SPREAD = 0.3;

/** A saturated crawler: 16 requests in flight, answers after about a quarter of a second (log-normal), one limiter. */
export async function crawl(scenario: Scenario, makeManner: MakeManner, seed: number): Promise<Figures> {
  const { shape, seconds, processes = 1, told = false } = scenario;
  const time = createVirtualTime();
  const dice = createDice(seed);
  const limiter = createLimiter(shape, 0);
  const servedAt: number[] = [];
  const refusedAt: number[] = [];
  const trip = (): number => (ROUND_TRIP_MS / 2) * Math.exp(SPREAD * normal(dice));

  const work = async (manner: Manner): Promise<void> => {
    for (;;) {
      const sentAt = await manner.take();
      await time.sleep(trip());
      const verdict = limiter(time.now());
      (verdict.served ? servedAt : refusedAt).push(time.now());
      await time.sleep(trip());
      const retryAfterMs = verdict.served ? 0 : retryAfter(verdict.freeInMs);
      await manner.reply({ served: verdict.served, retryAfterMs, toldLimit: told ? shape.perSecond : null }, sentAt);
    }
  };
  for (let process = 0; process < processes; process += 1) {
    const manner = makeManner({ time, dice, process });
    for (let worker = 0; worker < WORKERS / processes; worker += 1) void work(manner);
  }
  await time.run(seconds * 1_000);
  return {
    permitted: permitted(shape, seconds),
    served: servedAt.length,
    refused: refusedAt.length,
    epochs: refusedAt.filter((at, index) => at - (refusedAt[index - 1] ?? Number.NEGATIVE_INFINITY) > 1_000).length,
    longestStallMs: longestGap(servedAt, seconds * 1_000),
    recoveredAfter: (shape.changes ?? []).map((change) => recovery(servedAt, change)),
  };
}

function longestGap(at: readonly number[], end: number): number {
  return [...at, end].reduce((longest, each, index) => Math.max(longest, each - (at[index - 1] ?? 0)), 0);
}

/** Five seconds are looked at, so that one lucky second does not count. */
const LOOK_S = 5;

function recovery(at: readonly number[], change: { after: number; perSecond: number }): number | null {
  const from = change.after * 1_000;
  const counts = new Map<number, number>();
  for (const each of at)
    counts.set(Math.floor((each - from) / 1_000), (counts.get(Math.floor((each - from) / 1_000)) ?? 0) + 1);
  for (let second = 0; second < 3_600; second += 1) {
    const seen = Array.from({ length: LOOK_S }, (_, k) => counts.get(second + k) ?? 0).reduce((sum, n) => sum + n, 0);
    if (seen >= 0.9 * LOOK_S * change.perSecond) return second + LOOK_S;
  }
  return null;
}

const normal = (dice: () => number): number => Math.sqrt(-2 * Math.log(1 - dice())) * Math.cos(2 * Math.PI * dice());
