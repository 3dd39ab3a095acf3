import { Pool, type PoolClient } from 'pg';
import { AuditError } from '../domain/errors.ts';
import type { Connection, Driver, QueueLine, Result } from './driver.ts';
import { connectionLost, unreachable } from './unreachable.ts';
import { encode, parserOf } from './wire.ts';

/** A pool on a Postgres server. Nothing is connected until the first transaction. */
export function createPostgresDriver({ url, connections = 10 }: { url: string; connections?: number }): Driver {
  const pool = poolOf(url, connections);
  const connect = async () => {
    try {
      return await pool.connect();
    } catch (error) {
      throw unreachable(url, error);
    }
  };

  return {
    kind: 'postgres',
    async transaction(work) {
      const client = await connect();
      let broken = false;
      try {
        await client.query('begin');
        const result = await work(connectionOf(client));
        // A transaction in which a statement failed is rolled back by COMMIT, without an error.
        const { command } = await client.query('commit');
        if (command !== 'COMMIT') throw new Error('The transaction was rolled back: one of its statements had failed.');
        return result;
      } catch (error) {
        broken = connectionLost(error) || (await rollbackFails(client));
        throw connectionLost(error) && !(error instanceof AuditError) ? unreachable(url, error) : error;
      } finally {
        client.release(broken);
      }
    },
    openQueueLine: () => openQueueLine(url),
    connections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

function poolOf(url: string, connections: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'confluence-audit-worker',
  });
  // A connection that the server drops, idle or at work, would end the process if nobody listened. The next query on it
  // fails and says so; the pool replaces it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const QUEUE_CONNECTIONS = 3;

/** A line of the queue: a small pool of its own, so that the queue's heartbeats never wait behind an audit. */
export function openQueueLine(url: string): QueueLine {
  const pool = poolOf(url, QUEUE_CONNECTIONS);
  return {
    async executeSql(text, values) {
      try {
        // The answer to a script is a list of answers, contrary to the types.
        const answer = (await pool.query<Record<string, unknown>>(text, values)) as Answer | Answer[];
        return { rows: [answer].flat().flatMap(({ rows }) => rows) };
      } catch (error) {
        throw connectionLost(error) && !(error instanceof AuditError) ? unreachable(url, error) : error;
      }
    },
    close: () => pool.end(),
  };
}

interface Answer {
  readonly rows: Record<string, unknown>[];
}

const connectionOf = (client: PoolClient): Connection => ({
  async query(text, parameters = []): Promise<Result> {
    const { rows, fields } = await client.query<Record<string, unknown>>({
      text,
      values: parameters.map(encode),
      types: { getTypeParser: (type: number) => parserOf(type) },
    });
    return { rows, fields: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })) };
  },
  async script(text) {
    await client.query(text);
  },
});

async function rollbackFails(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return false;
  } catch {
    return true;
  }
}
