import type { PoolClient, QueryResult } from 'pg';
import { type CommitMark, MARK } from './commit-fate.ts';
import type { Connection, Result } from './driver.ts';
import type { Watch } from './quiet-session.ts';
import { encode, parserOf } from './wire.ts';

/** One transaction on a connection of the pool. */
export interface Session extends Connection {
  /** Names the transaction, so that its fate can be looked up should the answer to COMMIT be lost; null where nothing was or could be written. */
  mark(): CommitMark | null;
  /** COMMIT or ROLLBACK; returns what the server made of it. Nothing is sent where nothing was begun. */
  end(how: 'commit' | 'rollback'): Promise<string>;
}

/**
 * BEGIN travels with the first statement where that has no values, and what has to be known of the transaction comes with its answer:
 * most transactions are short, and a message to the server costs as much as a small statement.
 */
export function openSession(client: PoolClient, watch: Watch, { readOnly }: { readonly readOnly: boolean }): Session {
  let begun = false;
  let pid: number | null = null;
  let mark: CommitMark | null = null;

  const begin = async (script: string): Promise<void> => {
    begun = true;
    // The number of the server's session, which behind a pooler is another one in each transaction.
    const text = `begin; select pg_backend_pid() as pid${readOnly ? '' : `, ${MARK}`}; ${script}`;
    // The answer to a script is a list of answers, contrary to the types.
    const [, answer] = (await watch(client, pid, client.query(text))) as unknown as QueryResult<Known>[];
    const [known] = answer?.rows ?? [];
    pid = known?.pid ?? null;
    mark = known?.xid && known.timeline ? { xid: known.xid, timeline: known.timeline } : null;
  };

  return {
    mark: () => mark,
    async query(text, parameters = []): Promise<Result> {
      if (!begun) await begin('');
      const asked = client.query<Record<string, unknown>>({
        text,
        values: parameters.map(encode),
        types: { getTypeParser: (type: number) => parserOf(type) },
      });
      const { rows, fields } = await watch(client, pid, asked);
      return { rows, fields: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })) };
    },
    async script(text) {
      if (begun) await watch(client, pid, client.query(text));
      else await begin(text);
    },
    async end(how) {
      if (!begun) return how.toUpperCase();
      return (await watch(client, pid, client.query(how))).command;
    },
  };
}

interface Known {
  readonly pid: number;
  readonly xid?: string | null;
  readonly timeline?: string | null;
}
