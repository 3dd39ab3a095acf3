import pLimit from 'p-limit';
import {
  decideRetry,
  earnRetry,
  MAX_ATTEMPTS,
  MAX_ATTEMPTS_AT_FIRST_CONTACT,
  RETRY_ALLOWANCE,
  type RetryDecision,
} from '../domain/backoff.ts';
import { AuditError } from '../domain/errors.ts';
import type { Budget } from './budget.ts';
import { CallFailure } from './call-failure.ts';
import type { Endpoint } from './endpoints.ts';
import { judgeAnswer, judgeException, type Judged } from './judge.ts';
import type { MayAsk } from './may-ask.ts';
import type { Pacer } from './pacer.ts';
import type { Place } from './place.ts';
import { pointsOf } from './points.ts';
import type { Quota } from './quota.ts';
import type { Transport } from './transport.ts';
import { isUnsigned } from './unsigned.ts';
import { pathOf, queryOf, type Query } from './urls.ts';

interface Call {
  readonly endpoint: Endpoint;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly json?: unknown;
}

export interface Answer {
  readonly endpoint: Endpoint;
  /** Null where the operation answers nothing. */
  readonly json: unknown;
  readonly link: string | null;
  readonly requestId: string | null;
  /** Where it came from. */
  readonly place: Place;
}

/** One line of the audit trail: a call with all its attempts. Holds no address, header or body. */
export interface ApiCall {
  readonly at: Date;
  readonly method: string;
  /** The path with `{names}`. */
  readonly endpoint: string;
  /** Of the last attempt; null where no answer came. */
  readonly status: number | null;
  readonly attempts: number;
  /** How many of the attempts were answered 429. */
  readonly throttled: number;
  /** Time spent waiting for turns and between attempts. */
  readonly waitedMs: number;
  readonly durationMs: number;
  /** What it counted for in the quota of an OAuth app; 0 for all others. */
  readonly points: number;
  readonly requestId: string | null;
}

export type Ask = (call: Call) => Promise<Answer>;

const UNSENT = { status: null, requestId: null, attempts: 0, throttled: 0, waitedMs: 0, durationMs: 0, points: 0 };

type Track = { -readonly [Key in keyof ApiCall]: ApiCall[Key] };

/**
 * Makes one call: budget, turn, attempts, waits. Throws `CallFailure` when it gives up. A call that is not repeatable and
 * may have been carried out is never sent again; its error says so (`isOutcomeUnknown`).
 */
export function createRequest(deps: {
  /** Of the site, for messages. */
  readonly origin: string;
  readonly place: () => Promise<Place>;
  readonly transport: Transport;
  readonly pacer: Pacer;
  /** Of an OAuth app; absent for those who have none. */
  readonly quota?: Quota | undefined;
  readonly budget: Budget;
  readonly maxConcurrency: number;
  readonly now: () => Date;
  readonly random: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
  readonly onCall?: ((call: ApiCall) => void) | undefined;
  readonly mayAsk?: MayAsk | undefined;
}): Ask {
  const inTurn = pLimit(deps.maxConcurrency);
  let contacted = false;
  let retriesLeft = RETRY_ALLOWANCE;

  const assertGoingOn = (): void => {
    if (deps.signal?.aborted === true) {
      throw new AuditError('interrupted', 'The run was told to stop; nothing more was sent.');
    }
  };
  /** A wait that the stop signal ends; whatever the wait throws then, the reason is the signal. */
  const unlessStopped = async <T>(wait: () => Promise<T>): Promise<T> => {
    assertGoingOn();
    const result = await wait().catch((error: unknown) => {
      assertGoingOn();
      throw error;
    });
    assertGoingOn();
    return result;
  };

  const attemptsFor = ({ status, verdict }: Judged): number => {
    if (verdict?.onceMore === true) return 2;
    return contacted || status !== null ? MAX_ATTEMPTS : MAX_ATTEMPTS_AT_FIRST_CONTACT;
  };
  const decide = (endpoint: Endpoint, judged: Judged, attempts: number): RetryDecision =>
    decideRetry({
      repeatable: judged.verdict?.retryable === true && (endpoint.repeatable || !judged.mayHaveHappened),
      attempt: attempts,
      maxAttempts: attemptsFor(judged),
      askedMs: judged.askedMs,
      roll: deps.random(),
      retriesLeft,
    });

  async function attempt(call: Call, pathAndQuery: string, track: Track): Promise<[Judged, RetryDecision]> {
    const { endpoint } = call;
    deps.budget.check();
    await unlessStopped(async () => deps.quota?.ready(deps.signal));
    const turn = await unlessStopped(() => deps.pacer.take(endpoint.class, deps.signal));
    await unlessStopped(async () => deps.mayAsk?.({ write: endpoint.class === 'write' }));
    deps.budget.spend();
    track.waitedMs += turn.waitedMs;
    track.attempts += 1;
    const judged = await deps.transport.send({ method: endpoint.method, pathAndQuery, json: call.json }).then(
      (raw) => judgeAnswer(endpoint, raw),
      (error: unknown) => {
        if (!isUnsigned(error)) return judgeException(error);
        // Nothing was sent, and it says itself what is missing.
        track.attempts -= 1;
        throw error;
      },
    );
    track.status = judged.status;
    track.requestId = judged.requestId;
    const decision = decide(endpoint, judged, track.attempts);
    contacted ||= judged.status !== null;
    if (deps.quota !== undefined && judged.status !== null) {
      const points = judged.verdict === null ? pointsOf(endpoint, judged.json) : 1;
      track.points += points;
      deps.quota.spent(points, judged.quota);
    }
    // Told to the pacer before this request's place is given on, so that nobody leaves between refusal and pause.
    if (judged.verdict?.code === 'rate-limited') {
      track.throttled += 1;
      // A quota is the app's, not the site's: others who talk to this site go on.
      if (judged.quota.exhausted && deps.quota !== undefined) deps.quota.close(decision.waitMs);
      else deps.pacer.refused(endpoint.class, turn.sentAt, decision.waitMs);
    } else if (judged.status !== null) {
      deps.pacer.served(endpoint.class, judged.hints);
      if (judged.askedMs !== null) deps.pacer.pause(judged.askedMs);
    }
    return [judged, decision];
  }

  async function persist(call: Call, track: Track): Promise<Answer> {
    const { endpoint } = call;
    const pathAndQuery = pathOf(endpoint.template, call.path) + queryOf(call.query);
    for (;;) {
      const [judged, decision] = await inTurn(() => attempt(call, pathAndQuery, track));
      const { verdict, json, link, requestId } = judged;
      if (verdict === null) {
        retriesLeft = earnRetry(retriesLeft);
        return { endpoint, json, link, requestId, place: await deps.place() };
      }
      if (!decision.retry) {
        const { origin } = deps;
        throw new CallFailure({ endpoint, origin }, { ...judged, verdict }, { decision, attempts: track.attempts });
      }
      retriesLeft -= 1;
      // A 429 is waited out by the pacer, together with everybody else.
      if (verdict.code !== 'rate-limited') {
        deps.budget.check(decision.waitMs);
        await unlessStopped(() => deps.sleep(decision.waitMs, deps.signal));
        track.waitedMs += decision.waitMs;
      }
    }
  }

  return async (call) => {
    const at = deps.now();
    const { method, template } = call.endpoint;
    const track: Track = { at, method, endpoint: template, ...UNSENT };
    try {
      return await persist(call, track);
    } finally {
      track.durationMs = Math.max(0, deps.now().getTime() - at.getTime());
      if (track.attempts > 0) deps.onCall?.({ ...track });
    }
  };
}
