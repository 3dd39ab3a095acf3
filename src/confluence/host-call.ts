import { AuditError } from '../domain/errors.ts';
import { atSite } from './place.ts';
import { createTransport, type RawAnswer } from './transport.ts';

/** One request to a host of Atlassian's that is no site. */
export interface HostRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly json?: unknown;
  readonly authorization?: string;
  readonly attempts: number;
}

const TIMEOUTS = { headersMs: 20_000, totalMs: 30_000 };

/**
 * Sends a request until it is answered with anything but a server's failure or 429, as often as it may be sent. The last 429 is
 * handed back, since it says how long to wait. Throws `auth-server-unreachable`.
 */
export async function callHost(
  { sleep, roll }: { readonly sleep: (ms: number) => Promise<void>; readonly roll: () => number },
  base: string,
  { method, path, json, authorization, attempts }: HostRequest,
): Promise<RawAnswer> {
  const place = atSite(base);
  const transport = createTransport({
    place: async () => place,
    authorize: async () => authorization ?? null,
    connections: 1,
    timeouts: TIMEOUTS,
  });
  try {
    for (let attempt = 1; ; attempt += 1) {
      const raw = await transport.send({ method, pathAndQuery: path, json }).catch(() => null);
      if (raw !== null && raw.status < 500 && (raw.status !== 429 || attempt >= attempts)) return raw;
      if (attempt >= attempts) throw unreachable(base, path, raw?.status ?? null);
      await sleep(1_000 * attempt * (1 + roll()));
    }
  } finally {
    await transport.close();
  }
}

/** What a host gave that cannot be used. */
export const unreachable = (base: string, path: string, status: number | null): AuditError =>
  new AuditError(
    'auth-server-unreachable',
    `${base}${path} gave ${status === null ? 'no answer' : `no answer that could be used (status ${status})`}.`,
  );
