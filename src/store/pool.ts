import type { Duplex } from 'node:stream';
import { Pool, type PoolConfig } from 'pg';

/** A server that does not answer a goodbye is not waited for. */
const GOODBYE_MS = 2_000;

/** Connections to a server, opened as they are needed; `close` ends them all, also those that nobody answers on. */
export function openPool(config: PoolConfig & { readonly connectionString: string }): {
  readonly pool: Pool;
  readonly close: () => Promise<void>;
} {
  const pool = new Pool({
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    application_name: APPLICATION,
    ...config,
  });
  const streams = new Set<Duplex>();
  // A connection that the server drops, idle or at work, would end the process if nobody listened. The next query on it
  // fails and says so; the pool replaces it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    const { stream } = client.connection;
    client.on('error', () => undefined);
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
  });
  return {
    pool,
    close: async () => {
      const over = pool.end();
      for (const stream of streams) {
        const late = setTimeout(() => stream.destroy(), GOODBYE_MS);
        stream.once('close', () => clearTimeout(late));
      }
      await over;
    },
  };
}

/** What the server calls our connections. */
export const APPLICATION = 'confluence-audit-worker';
