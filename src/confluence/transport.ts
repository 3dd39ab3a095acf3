import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import type { Endpoint } from './endpoints.ts';
import { addressIn, type Place } from './place.ts';
import { publicAddressesOnly } from '../network/public-address.ts';
import { DEFAULT_CAPS, readBody, type BodyCaps } from './read-body.ts';

export interface Timeouts {
  readonly connectMs: number;
  /** Until the last header. */
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly idleMs: number;
  /** From the first byte sent to the last byte read. */
  readonly totalMs: number;
  /** How long a request in flight may go on after the stop signal. */
  readonly graceMs: number;
}

const DEFAULT_TIMEOUTS: Timeouts = {
  connectMs: 10_000,
  headersMs: 60_000,
  idleMs: 30_000,
  totalMs: 180_000,
  graceMs: 5_000,
};

/** How one request meets its answer. Rejects as a socket does, and when the signal fires. */
export type Wire = (request: {
  readonly origin: string;
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}) => Promise<{
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}>;

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly through: Place['through'];
}

export interface Transport {
  send(request: { method: Endpoint['method']; pathAndQuery: string; json?: unknown }): Promise<RawAnswer>;
  close(): Promise<void>;
}

/** Sends one request to the tenant's own place and reads the whole answer. The only code that signs requests. */
export function createTransport(deps: {
  readonly place: () => Promise<Place>;
  /** Null sends nothing that signs. */
  readonly authorize: () => Promise<string | null>;
  readonly connections: number;
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly caps?: Partial<BodyCaps> | undefined;
  /** How names become addresses; the machine's way unless said otherwise. */
  readonly lookup?: LookupFunction | undefined;
  /** The network unless said otherwise. */
  readonly wire?: Wire | undefined;
}): Transport {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...deps.timeouts };
  const caps = { ...DEFAULT_CAPS, ...deps.caps };
  const addresses = publicAddressesOnly(deps.lookup ?? lookup);
  const agent = new Agent({
    connections: deps.connections,
    allowH2: false,
    connect: { timeout: timeouts.connectMs, lookup: addresses.lookup },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.idleMs,
  });
  // undici follows no redirect unless told to.
  const wire: Wire = deps.wire ?? ((request) => agent.request({ ...request, headers: { ...request.headers } }));

  return {
    async send({ method, pathAndQuery, json }) {
      // First of all: where the site is not the one of last time, no token is even asked for.
      const place = await deps.place();
      const url = addressIn(place, pathAndQuery);
      addresses.origin(place.origin);
      const authorization = await deps.authorize();
      const deadline = startDeadline(timeouts, deps.signal);
      try {
        const answer = await wire({
          origin: place.origin,
          path: url.pathname + url.search,
          method,
          headers: {
            ...(authorization === null ? {} : { authorization }),
            accept: 'application/json',
            'accept-encoding': 'gzip',
            'user-agent': 'confluence-audit-worker',
            ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: json === undefined ? null : JSON.stringify(json),
          signal: deadline.signal,
        });
        const headers = flatten(answer.headers);
        const about = { encoding: headers.get('content-encoding') ?? '', length: headers.get('content-length') ?? '' };
        const text = await readBody(answer.body, about, caps);
        return { status: answer.statusCode, headers, text, through: place.through };
      } finally {
        deadline.end();
      }
    },
    close: () => agent.destroy(),
  };
}

/** Aborts at the total deadline, and a little after the stop signal, so that a write under way can still be told. */
function startDeadline(timeouts: Timeouts, stop: AbortSignal | undefined): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new DOMException('The answer took too long.', 'TimeoutError'));
  const timers = [setTimeout(abort, timeouts.totalMs)];
  const onStop = (): void => void timers.push(setTimeout(abort, timeouts.graceMs));
  stop?.addEventListener('abort', onStop, { once: true });
  return {
    signal: controller.signal,
    end() {
      for (const timer of timers) clearTimeout(timer);
      stop?.removeEventListener('abort', onStop);
    },
  };
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): ReadonlyMap<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
  );
  return new Map(entries);
}
