import { LONGEST_WAIT_MS } from '../domain/backoff.ts';
import { AuditError } from '../domain/errors.ts';
import type { EndpointClass } from '../domain/pacing.ts';
import { createLocalPace, type Hints, type Pace } from './pace.ts';

/** Until when nothing is sent to a site; one for all who talk to it. */
export interface Pause {
  readonly until: () => number;
  readonly extend: (until: number) => void;
  /** How often it was made longer. */
  readonly count: () => number;
}

export interface PacerOptions {
  /** The part of the site's rate that this worker takes, in (0, 1]. */
  readonly share: number;
  /** Milliseconds of a clock that never jumps (`performance.now`), so that a stepped wall clock cannot stall a walk. */
  readonly steadyNow: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly paceFor?: (kind: EndpointClass) => Pace;
  readonly pause?: Pause;
}

/** Spaces the requests of one acting account on one site: a pace for each endpoint class, one pause for all of them. */
export interface Pacer {
  /** Waits for the turn of one request. Throws `rate-limited` where that is longer than a process should wait. */
  take(kind: EndpointClass, signal?: AbortSignal): Promise<{ waitedMs: number; sentAt: number }>;
  served(kind: EndpointClass, hints?: Hints): void;
  /** A 429: cuts the pace of its class once per epoch and stops all classes for `waitMs`. */
  refused(kind: EndpointClass, sentAt: number, waitMs: number): void;
  /** Any other answer that asks to wait. */
  pause(waitMs: number): void;
  /** Requests a second that the site is believed to allow for a class; null for one that was not used. */
  believed(kind: EndpointClass): number | null;
}

export const NO_HINTS: Hints = { limit: null, near: false };

export function createPacer({ share, steadyNow, sleep, ...rest }: PacerOptions): Pacer {
  const { paceFor = (kind) => createLocalPace({ kind, share, steadyNow }), pause = createPause() } = rest;
  const paces = new Map<EndpointClass, Pace>();

  const paceOf = (kind: EndpointClass): Pace => {
    const pace = paces.get(kind) ?? paceFor(kind);
    paces.set(kind, pace);
    return pace;
  };

  const shortPause = (): number => {
    const left = pause.until() - steadyNow();
    if (left > LONGEST_WAIT_MS) throw pausedTooLong(left);
    return left;
  };

  return {
    async take(kind, signal) {
      const askedAt = steadyNow();
      for (;;) {
        const left = shortPause();
        if (left > 0) await sleep(Math.ceil(left), signal);
        const pace = paceOf(kind);
        const at = await pace.reserve();
        const began = pause.count();
        // A pause that others were told of is heard with the turn.
        shortPause();
        const waitMs = at - steadyNow();
        if (waitMs > 0) await sleep(Math.ceil(waitMs), signal);
        await pace.look?.();
        const sentAt = steadyNow();
        // A pause that began while this request waited voids its turn, also a turn after the end of the pause: turns are
        // given anew then, and both kinds together would be too many.
        if (pause.count() === began && sentAt >= pause.until())
          return { waitedMs: Math.max(0, sentAt - askedAt), sentAt };
      }
    },
    served: (kind, hints = NO_HINTS) => paceOf(kind).served(hints),
    refused(kind, sentAt, waitMs) {
      pause.extend(steadyNow() + waitMs);
      paceOf(kind).refused(sentAt, pause.until());
    },
    pause: (waitMs) => pause.extend(steadyNow() + waitMs),
    believed(kind) {
      const pace = paces.get(kind)?.believed();
      // What a probe was served is allowed.
      return pace === undefined ? null : pace.limit * Math.max(1, pace.boost);
    },
  };
}

export function createPause(): Pause {
  let until = Number.NEGATIVE_INFINITY;
  let count = 0;
  return {
    until: () => until,
    count: () => count,
    extend(later) {
      if (later <= until) return;
      until = later;
      count += 1;
    },
  };
}

const pausedTooLong = (ms: number): AuditError =>
  new AuditError('rate-limited', `Confluence asked to wait ${Math.ceil(ms / 1_000)} seconds.`, {
    fields: { retryAfterSeconds: Math.ceil(ms / 1_000) },
  });
