import type { PoolClient } from 'pg';
import { type CommitMark, commitFate } from './commit-fate.ts';
import type { Connection, Driver, QueueLine } from './driver.ts';
import { persistently } from './persistently.ts';
import { openPool } from './pool.ts';
import { createWatch } from './quiet-session.ts';
import { openSession, type Session } from './session.ts';
import { troubleOf } from './trouble.ts';
import { unreachable } from './unreachable.ts';

/**
 * A pool on a Postgres server. Nothing is connected until the first transaction. One that meets another, or a server that is away for a
 * moment, is done again, so that `work` may run more than once; it is given up where it may have been committed and nobody can tell.
 */
export function createPostgresDriver({
  url,
  connections = 10,
  quietMs,
}: {
  url: string;
  connections?: number | undefined;
  /** How long a statement may go without an answer before it is looked up what became of it. */
  quietMs?: number | undefined;
}): Driver {
  const { pool, close } = openPool({ connectionString: url, max: connections });
  const watch = createWatch({ url, quietMs });
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
  const attempt = async <T>(work: (connection: Connection) => Promise<T>, readOnly: boolean): Promise<Attempt<T>> => {
    const client = await connect();
    known = true;
    const session = openSession(client, watch, { readOnly });
    let broken = false;
    let committing = false;
    let result: T | undefined;
    try {
      result = await work(session);
      committing = true;
      // A transaction in which a statement failed is rolled back by COMMIT, without an error.
      if ((await session.end('commit')) !== 'COMMIT')
        throw new Error('The transaction was rolled back: one of its statements had failed.');
      return { done: true, result };
    } catch (error) {
      const trouble = troubleOf(error);
      // Behind the same name another server may take writes by now.
      broken = trouble === 'away' || trouble === 'unwritable' || (await rollbackFails(session));
      const mark = session.mark();
      if (committing && mark !== null && trouble === 'away') return { done: false, mark, result: result as T, error };
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const fateOf = async (mark: CommitMark): Promise<Awaited<ReturnType<typeof commitFate>>> => {
    const client = await connect();
    const session = openSession(client, watch, { readOnly: true });
    try {
      const fate = await commitFate(session, mark);
      await session.end('commit');
      client.release();
      return fate;
    } catch (error) {
      client.release(true);
      throw error;
    }
  };

  const persist = <T>(work: () => Promise<T>): Promise<T> => persistently(work, { url, known: () => known });

  return {
    kind: 'postgres',
    transaction: (work, { readOnly } = { readOnly: false }) =>
      persist(async () => {
        const tried = await attempt(work, readOnly);
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
    close,
  };
}

/** A transaction that was committed, or one whose answer to COMMIT was lost. */
type Attempt<T> =
  | { readonly done: true; readonly result: T }
  | { readonly done: false; readonly mark: CommitMark; readonly result: T; readonly error: unknown };

const QUEUE_CONNECTIONS = 3;
/** Some three seconds: it looks again anyway, and a stop must not wait for it. */
const QUEUE_TRIES = 6;
/** All that the engine asks for is short: whatever takes longer is on a connection that nobody answers on. */
const QUEUE_ANSWER_MS = 20_000;

/** A line of the queue: a small pool of its own, so that the queue's heartbeats never wait behind an audit. */
export function openQueueLine(url: string, answerMs = QUEUE_ANSWER_MS): QueueLine {
  const { pool, close } = openPool({ connectionString: url, max: QUEUE_CONNECTIONS, query_timeout: answerMs });
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
    close,
  };
}

interface Answer {
  readonly rows: Record<string, unknown>[];
}

async function rollbackFails(session: Session): Promise<boolean> {
  try {
    await session.end('rollback');
    return false;
  } catch {
    return true;
  }
}
