import { LONGEST_WAIT_MS } from '../domain/backoff.ts';
import { AuditError } from '../domain/errors.ts';
import { depart, refused, served, startPacing, told, type EndpointClass, type Pacing } from '../domain/pacing.ts';

export interface PacerOptions {
  /** The part of the site's rate that this worker takes, in (0, 1]. */
  readonly share: number;
  /** Milliseconds of a clock that never jumps (`performance.now`), so that a stepped wall clock cannot stall a walk. */
  readonly steadyNow: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Spaces the requests of one acting account on one site: a pace for each endpoint class, one pause for all of them. */
export interface Pacer {
  /** Waits for the turn of one request. Throws `rate-limited` where that is longer than a process should wait. */
  take(kind: EndpointClass, signal?: AbortSignal): Promise<{ waitedMs: number; sentAt: number }>;
  served(kind: EndpointClass, toldLimit: number | null): void;
  /** A 429: cuts the pace of its class once per epoch and stops all classes for `waitMs`. */
  refused(kind: EndpointClass, sentAt: number, waitMs: number): void;
  /** Any other answer that asks to wait. */
  pause(waitMs: number): void;
}

export function createPacer({ share, steadyNow, sleep }: PacerOptions): Pacer {
  const paces = new Map<EndpointClass, Pacing>();
  let pausedUntil = Number.NEGATIVE_INFINITY;

  const paceOf = (kind: EndpointClass): Pacing => paces.get(kind) ?? startPacing(kind, share, steadyNow());
  const pause = (waitMs: number): void => {
    pausedUntil = Math.max(pausedUntil, steadyNow() + waitMs);
  };

  return {
    async take(kind, signal) {
      const askedAt = steadyNow();
      for (;;) {
        const left = pausedUntil - steadyNow();
        if (left > LONGEST_WAIT_MS) throw pausedTooLong(left);
        const turn = depart(paceOf(kind), Math.max(steadyNow(), pausedUntil));
        paces.set(kind, turn.pacing);
        const waitMs = turn.at - steadyNow();
        if (waitMs > 0) await sleep(Math.ceil(waitMs), signal);
        const sentAt = steadyNow();
        // A pause that began while this request waited voids its turn, or all waiting requests would leave together.
        if (sentAt >= pausedUntil) return { waitedMs: Math.max(0, sentAt - askedAt), sentAt };
      }
    },
    served(kind, toldLimit) {
      const counted = served(paceOf(kind), steadyNow());
      paces.set(kind, toldLimit === null ? counted : told(counted, toldLimit, steadyNow()));
    },
    refused(kind, sentAt, waitMs) {
      pause(waitMs);
      paces.set(kind, refused(paceOf(kind), { now: steadyNow(), sentAt, resumeAt: pausedUntil }));
    },
    pause,
  };
}

/** One pacer per (site, acting account), however many runs use them at the same time. */
export function createPacerRegistry(deps: Omit<PacerOptions, 'share'>): {
  pacerFor(key: { site: string; account: string; share: number }): Pacer;
} {
  const pacers = new Map<string, Pacer>();
  return {
    pacerFor({ site, account, share }) {
      const key = JSON.stringify([new URL(site).origin, account, share]);
      const pacer = pacers.get(key) ?? createPacer({ ...deps, share });
      pacers.set(key, pacer);
      return pacer;
    },
  };
}

const pausedTooLong = (ms: number): AuditError =>
  new AuditError('rate-limited', `Confluence asked to wait ${Math.ceil(ms / 1_000)} seconds.`, {
    fields: { retryAfterSeconds: Math.ceil(ms / 1_000) },
  });
