import { Client, type PoolClient } from 'pg';
import { APPLICATION } from './pool.ts';
import { sqlState } from './unreachable.ts';

/** A statement may take as long as it needs; after so long without an answer it is looked up whether the server works on it at all. */
const QUIET_MS = 20_000;

/** Waits for an answer on a connection whose session the server knows as `pid`; null while that is not known. */
export type Watch = <T>(client: PoolClient, pid: number | null, answer: Promise<T>) => Promise<T>;

/**
 * Gives up connections that carry nothing any more although nobody closed them: a firewall forgot it, a machine vanished, a proxy stands
 * still. TCP tells after a quarter of an hour where a request was not acknowledged, and never of what lies behind a proxy. No limit of
 * time tells such a connection from a long statement, so the server is asked on another one. Whoever waits gets the error of a
 * connection that was lost.
 */
export function createWatch({ url, quietMs = QUIET_MS }: { url: string; quietMs?: number | undefined }): Watch {
  return async (client, pid, answer) => {
    let answered = false;
    const look = async (): Promise<void> => {
      // Without a number it was asked for next to nothing, which takes no time.
      const atWork = pid !== null && (await isAtWork(url, pid, quietMs / 2));
      if (answered) return;
      if (atWork) timer = setTimeout(() => void look(), quietMs);
      else client.connection.stream.destroy();
    };
    let timer = setTimeout(() => void look(), quietMs);
    try {
      return await answer;
    } finally {
      answered = true;
      clearTimeout(timer);
    }
  };
}

// Its answer may be on its way where it has only just become idle. One that stands idle holds locks that others wait for.
const LOOK = `
  select case when state not like 'idle%' or state_change > clock_timestamp() - $2 * interval '1 millisecond' then true
    else pg_terminate_backend(pid) and false end as "atWork"
  from pg_stat_activity where pid = $1 and usename = session_user`;

/** Whether the server does something for a session; one that waits for us is ended. */
async function isAtWork(url: string, pid: number, ms: number): Promise<boolean> {
  const client = new Client({
    connectionString: url,
    application_name: APPLICATION,
    connectionTimeoutMillis: ms,
    query_timeout: ms,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ atWork: boolean }>(LOOK, [pid, ms]);
    return rows[0]?.atWork ?? false;
  } catch (error) {
    // A server that says why not, as where it has no connection left, is there and may be at work.
    return /^\d/.test(sqlState(error));
  } finally {
    client.connection.stream.destroy();
  }
}
