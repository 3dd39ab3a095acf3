import { LONGEST_WAIT_MS } from '../domain/backoff.ts';
import { AuditError } from '../domain/errors.ts';
import { hourOf, type HourSpent, nextHour, pointsLeft } from '../domain/points-budget.ts';

/** What answers say of the app's hourly quota. */
export interface QuotaHints {
  /** Points that are left of `of`; null where nothing is said, as is usual below four fifths. */
  readonly left: number | null;
  readonly of: number | null;
  /** The answer refuses because the quota is used up. */
  readonly exhausted: boolean;
}

/** Where the points of an app are added up for all its tenants and processes. */
export interface PointsLedger {
  /** Adds points of an hour and tells what was spent; `left` is what Confluence said, `closedUntil` shuts the app. */
  add(entry: {
    readonly app: string;
    readonly tenantId: string;
    readonly hour: Date;
    readonly points: number;
    /** All tenants together have spent at least so much. */
    readonly atLeast: number | null;
    readonly closedUntil: Date | null;
  }): Promise<HourSpent & { readonly closedUntil: Date | null }>;
}

export interface Quota {
  /** Throws `rate-limited` until the next hour where the app or this tenant's part of it is used up. */
  ready(signal?: AbortSignal): Promise<void>;
  spent(points: number, hints: QuotaHints): void;
  /** A refusal by the quota: nobody of this app asks before the hour is over. */
  close(waitMs: number): void;
  flush(): Promise<void>;
}

const FLUSH_POINTS = 250;
const FLUSH_MS = 2_000;

/** One tenant's part of an app's hourly points. */
export function createQuota(deps: {
  readonly app: { readonly id: string; readonly pointsPerHour: number; readonly tenants: number };
  readonly tenantId: string;
  readonly ledger: PointsLedger;
  readonly now: () => Date;
  readonly random: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}): Quota {
  const { app, tenantId, ledger, now, random, sleep } = deps;
  let hour = hourOf(now());
  let known: HourSpent = { byAll: 0, byTenant: 0 };
  let pending = 0;
  let atLeast: number | null = null;
  let closedUntil: Date | null = null;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let flushing: Promise<void> | null = null;

  const exchange = async (): Promise<void> => {
    const entry = { app: app.id, tenantId, hour, points: pending, atLeast, closedUntil };
    pending = 0;
    atLeast = null;
    flushedAt = now().getTime();
    try {
      const told = await ledger.add(entry);
      if (entry.hour.getTime() !== hour.getTime()) return;
      known = told;
      if (told.closedUntil !== null && told.closedUntil > (closedUntil ?? hour)) closedUntil = told.closedUntil;
    } catch {
      // Not lost: what was answered since the database went is told when it is back, and counts here until then.
      if (entry.hour.getTime() === hour.getTime()) pending += entry.points;
      atLeast ??= entry.atLeast;
    }
  };
  const flush = (): Promise<void> => {
    flushing ??= exchange().finally(() => {
      flushing = null;
    });
    return flushing;
  };
  const turnTheHour = async (): Promise<void> => {
    const current = hourOf(now());
    if (current.getTime() === hour.getTime()) return;
    if (pending > 0) await flush();
    hour = current;
    known = { byAll: 0, byTenant: 0 };
    pending = 0;
    flushedAt = Number.NEGATIVE_INFINITY;
  };
  const comeAgain = (): Date | null => {
    const at = now();
    if (closedUntil !== null && closedUntil > at) return closedUntil;
    const spent = { byAll: known.byAll + pending, byTenant: known.byTenant + pending };
    return pointsLeft(spent, app, at) > 0 ? null : nextHour(at, random());
  };

  return {
    async ready(signal) {
      for (;;) {
        await turnTheHour();
        if (pending >= FLUSH_POINTS || now().getTime() - flushedAt >= FLUSH_MS) await flush();
        const again = comeAgain();
        if (again === null) return;
        const waitMs = again.getTime() - now().getTime();
        if (waitMs > LONGEST_WAIT_MS) throw usedUp(waitMs);
        await sleep(waitMs, signal);
      }
    },
    spent(points, { left, of }) {
      pending += points;
      if (left === null) return;
      // Less may be left than was counted here: others use the app too, and the cost of a call is an estimate.
      const said = (of === null ? app.pointsPerHour : Math.min(of, app.pointsPerHour)) - left;
      atLeast = Math.max(atLeast ?? 0, said);
      known = { ...known, byAll: Math.max(known.byAll, said - pending) };
    },
    close(waitMs) {
      const asked = new Date(now().getTime() + waitMs);
      const again = nextHour(now(), random());
      closedUntil = asked > again ? asked : again;
      void flush();
    },
    flush: async () => {
      await flushing;
      if (pending > 0 || atLeast !== null) await flush();
    },
  };
}

const usedUp = (waitMs: number): AuditError =>
  new AuditError('rate-limited', 'The points of this hour are used up: the app’s, or this tenant’s part of them.', {
    fields: { retryAfterSeconds: Math.ceil(waitMs / 1_000) },
  });
