import { messages, type PGlite, protocol } from '@electric-sql/pglite';
import type { Connection, Driver, Result } from '../../src/store/driver.ts';
import { encode, parserOf } from '../../src/store/wire.ts';

const { serialize } = protocol;

/** A database in memory that remembers every statement it has seen: thousands of nights send the same few hundred. */
export interface PreparedDatabase extends Connection {
  readonly driver: Driver;
}

/** Speaks to PGlite without anything in between; one transaction at a time, everybody else waits for its end. */
export async function prepareDatabase(pglite: PGlite): Promise<PreparedDatabase> {
  const known = new Map<string, { readonly name: string; fields: Result['fields'] }>();
  let names = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  /** Sends messages and gives what came back; throws the first error among it. */
  const exchange = (sent: readonly Uint8Array[]): readonly unknown[] => {
    const received: unknown[] = [];
    const raw = pglite.execProtocolRawSync(Buffer.concat(sent));
    new protocol.Parser().parse(raw, (message) => void received.push(message));
    const failure = received.find((message) => message instanceof messages.DatabaseError);
    if (failure !== undefined) throw failure as Error;
    return received;
  };
  const simple = (text: string): string => {
    const done = exchange([serialize.query(text)]).findLast(
      (message) => message instanceof messages.CommandCompleteMessage,
    );
    return done?.text ?? '';
  };
  const query = (text: string, parameters: readonly unknown[] = []): Result => {
    const before = known.get(text);
    // One that fails is prepared all the same, so its name is never given again.
    const name = before?.name ?? `s${(names += 1)}`;
    const parse =
      before === undefined ? [serialize.parse({ name, text }), serialize.describe({ type: 'S', name })] : [];
    const values = parameters.map(encode);
    const bind = serialize.bind({ statement: name, values });
    const received = exchange([...parse, bind, serialize.execute({}), serialize.sync()]);
    const described = received.find((message) => message instanceof messages.RowDescriptionMessage);
    const fields =
      before?.fields ?? described?.fields.map((field) => ({ name: field.name, type: field.dataTypeID })) ?? [];
    if (before === undefined) known.set(text, { name, fields });
    const rows = received.flatMap((message) => {
      if (!(message instanceof messages.DataRowMessage)) return [];
      const cells = fields.map((field, index) => {
        const cell = message.fields[index];
        return [field.name, typeof cell === 'string' ? parserOf(field.type)(cell) : null] as const;
      });
      return [Object.fromEntries(cells)];
    });
    return { rows, fields };
  };
  const connection: Connection = {
    query: async (text, parameters) => query(text, parameters),
    script: async (text) => void simple(text),
  };

  // Plans are made when a table is emptied, and not after so many executions: the history before a seed must not matter.
  simple('set plan_cache_mode = force_generic_plan');
  // Nothing here outlives the process.
  simple('set synchronous_commit = off');

  return {
    query: (text, parameters) => inTurn(() => connection.query(text, parameters)),
    script: (text) => inTurn(() => connection.script(text)),
    driver: {
      kind: 'embedded',
      connections: () => null,
      transaction: (work) =>
        inTurn(async () => {
          simple('begin');
          try {
            const result = await work(connection);
            if (simple('commit') !== 'COMMIT')
              throw new Error('The transaction was rolled back: one of its statements had failed.');
            return result;
          } catch (error) {
            if (pglite.isInTransaction()) simple('rollback');
            throw error;
          }
        }),
      openQueueLine: () => {
        throw new Error('There is no queue here.');
      },
      close: async () => undefined,
    },
  };
}
