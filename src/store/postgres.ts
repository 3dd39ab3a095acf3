import { Pool, type PoolClient } from 'pg';
import { type CommitMark, commitFate, markCommit } from './commit-fate.ts';
import type { Connection, Driver, QueueLine, Result } from './driver.ts';
import { persistently } from './persistently.ts';
import { troubleOf } from './trouble.ts';
import { unreachable } from './unreachable.ts';
import { encode, parserOf } from './wire.ts';

/**
 * A pool on a Postgres server. Nothing is connected until the first transaction. One that meets another, or a server that is away for a
 * moment, is done again, so that `work` may run more than once; it is given up where it may have been committed and nobody can tell.
 */
export function createPostgresDriver({
  url,
  connections = 10,
}: {
  url: string;
  connections?: number | undefined;
}): Driver {
  const pool = poolOf(url, connections);
  // A wrong address is told at once.
  let known = false;

  const connect = async (): Promise<PoolClient> => {
    try {
      return await pool.connect();
    } catch (error) {
      // A wrong password or name does not mend itself.
      throw troubleOf(error) === 'away' ? error : unreachable(url, error);
    }
  };

  /** One try; `broken` connections leave the pool. */
  const attempt = async <T>(work: (connection: Connection) => Promise<T>): Promise<Attempt<T>> => {
    const client = await connect();
    known = true;
    let broken = false;
    let mark: CommitMark | null = null;
    let committing = false;
    let result: T | undefined;
    try {
      await client.query('begin');
      result = await work(connectionOf(client));
      mark = await markCommit(client);
      committing = true;
      // A transaction in which a statement failed is rolled back by COMMIT, without an error.
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('The transaction was rolled back: one of its statements had failed.');
      return { done: true, result };
    } catch (error) {
      const trouble = troubleOf(error);
      // Behind the same name another server may take writes by now.
      broken = trouble === 'away' || trouble === 'unwritable' || (await rollbackFails(client));
      if (committing && mark !== null && trouble === 'away') return { done: false, mark, result: result as T, error };
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const fateOf = async (mark: CommitMark): Promise<Awaited<ReturnType<typeof commitFate>>> => {
    const client = await connect();
    try {
      return await commitFate(client, mark);
    } finally {
      client.release();
    }
  };

  const persist = <T>(work: () => Promise<T>): Promise<T> => persistently(work, { url, known: () => known });

  return {
    kind: 'postgres',
    transaction: (work) =>
      persist(async () => {
        const tried = await attempt(work);
        if (tried.done) return tried.result;
        const fate = await persist(async () => {
          const answer = await fateOf(tried.mark);
          // The server has not noticed yet that we are gone.
          if (answer === 'in progress') throw tried.error;
          return answer;
        });
        if (fate === 'committed') return tried.result;
        if (fate === 'aborted') throw tried.error;
        throw unreachable(url, tried.error);
      }),
    openQueueLine: () => openQueueLine(url),
    connections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

/** A transaction that was committed, or one whose answer to COMMIT was lost. */
type Attempt<T> =
  | { readonly done: true; readonly result: T }
  | { readonly done: false; readonly mark: CommitMark; readonly result: T; readonly error: unknown };

function poolOf(url: string, connections: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    application_name: 'confluence-audit-worker',
  });
  // A connection that the server drops, idle or at work, would end the process if nobody listened. The next query on it
  // fails and says so; the pool replaces it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const QUEUE_CONNECTIONS = 3;
/** Some three seconds: it looks again anyway, and a stop must not wait for it. */
const QUEUE_TRIES = 6;

/** A line of the queue: a small pool of its own, so that the queue's heartbeats never wait behind an audit. */
export function openQueueLine(url: string): QueueLine {
  const pool = poolOf(url, QUEUE_CONNECTIONS);
  let known = false;
  return {
    // What the engine asks may be asked twice: a slot has one name, and one that is taken without a worker comes back by itself.
    executeSql: (text, values) =>
      persistently(
        async () => {
          // The answer to a script is a list of answers, contrary to the types.
          const answer = (await pool.query<Record<string, unknown>>(text, values)) as Answer | Answer[];
          known = true;
          return { rows: [answer].flat().flatMap(({ rows }) => rows) };
        },
        { url, known: () => known, most: QUEUE_TRIES },
      ),
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
