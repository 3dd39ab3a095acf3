import { type PGlite, protocol } from '@electric-sql/pglite';
import type { Connection, Driver, Result } from '../../src/store/driver.ts';
import { encode, parserOf } from '../../src/store/wire.ts';
import { readMessages, type Received } from './messages.ts';
import { markOf } from './rewind.ts';

const { serialize } = protocol;

/** A database in memory that remembers every statement it has seen: thousands of nights send the same few hundred. */
export interface PreparedDatabase extends Connection {
  readonly driver: Driver;
  /** Back to how it was when it was opened. Now and then statements that were new since are prepared and planned for good. */
  readonly rewind: () => Promise<void>;
}

interface Statement {
  readonly name: string;
  fields: Result['fields'];
}

/** Speaks to PGlite without anything in between; one transaction at a time, everybody else waits for its end. */
export async function prepareDatabase(pglite: PGlite): Promise<PreparedDatabase> {
  let known = new Map<string, Statement>();
  /** Every statement there ever was, with what its transaction began with: that says who asks, and plans depend on it. */
  const seen = new Map<string, { readonly door: Door | null }>();
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  /** The way past PGlite's own parser, which would keep every message that it has ever read this way. */
  const exchange = async (sent: readonly Uint8Array[]): Promise<Received> => {
    const parts: Uint8Array[] = [];
    const onRawData = (part: Uint8Array): void => void parts.push(part.slice());
    await pglite.execProtocolRawStream(Buffer.concat(sent), { syncToFs: false, onRawData });
    return readMessages(Buffer.concat(parts));
  };
  const simple = (text: string): Promise<Received> => exchange([serialize.query(text)]);

  const prepare = (text: string): { readonly statement: Statement; readonly messages: Uint8Array[] } => {
    const before = known.get(text);
    if (before !== undefined) return { statement: before, messages: [] };
    // One that fails is prepared all the same, so its name is never given again.
    const statement = { name: `s${known.size + 1}`, fields: [] };
    known.set(text, statement);
    const { name } = statement;
    return { statement, messages: [serialize.parse({ name, text }), serialize.describe({ type: 'S', name })] };
  };

  const query = async ({ text, values }: Sent, { first = false, door = null }: At): Promise<Result> => {
    if (!seen.has(text)) seen.set(text, { door });
    const { statement, messages } = prepare(text);
    const bind = serialize.bind({ statement: statement.name, values: values.map(encode) });
    const begin = first ? [serialize.query('begin')] : [];
    const { fields, rows } = await exchange([...begin, ...messages, bind, serialize.execute({}), serialize.sync()]);
    if (messages.length > 0) statement.fields = fields ?? [];
    const columns = statement.fields.map(({ name, type }) => ({ name, parse: parserOf(type) }));
    return { rows: rows.map((cells) => recordOf(columns, cells)), fields: statement.fields };
  };

  /** Begins with its first statement: one way there and back less. */
  const transaction = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    let door: Door | null = null;
    const connection: Connection = {
      query: (text, values = []) => {
        const sent = { text, values };
        const first = door === null;
        door ??= sent;
        return query(sent, { first, door: first ? null : door });
      },
      script: async (text) => {
        await simple(door === null ? `begin; ${text}` : text);
        door ??= text;
      },
    };
    try {
      const result = await work(connection);
      if (door !== null && (await simple('commit')).tag !== 'COMMIT')
        throw new Error('The transaction was rolled back: one of its statements had failed.');
      return result;
    } catch (error) {
      if (door !== null) await simple('rollback');
      throw error;
    }
  };

  /** Prepares and plans a statement as whoever sent it; one that cannot be planned beforehand is planned when it is sent. */
  const plan = async (text: string, door: Door | null): Promise<void> => {
    const { statement, messages } = prepare(text);
    const nulls = Array.from({ length: parametersIn(text) }, () => 'null').join();
    const explain = serialize.query(`explain execute ${statement.name}${nulls === '' ? '' : `(${nulls})`}`);
    await simple('begin');
    if (typeof door === 'string') await simple(door);
    else if (door !== null) await query(door, {});
    const { fields } = await exchange([...messages, serialize.sync()]);
    if (messages.length > 0) statement.fields = fields ?? [];
    await exchange([explain]).catch(() => undefined);
    await simple('rollback');
  };

  // One plan for all values of a statement, whenever it is made: the history before a seed must not matter.
  await simple('set plan_cache_mode = force_generic_plan');
  // Nothing here outlives the process.
  await simple('set synchronous_commit = off');
  // A library that is loaded stays with the machine, so it has to be in what is remembered as well.
  await simple('do $$ begin null; end $$');
  let back = markOf(pglite);
  let planned: readonly (readonly [string, Statement])[] = [];
  let rewinds = 0;
  const rewind = async (): Promise<void> => {
    back();
    known = new Map(planned);
    rewinds += 1;
    // Less and less often, since less and less is new.
    if (known.size === seen.size || !Number.isInteger(Math.log2(rewinds))) return;
    for (const [text, { door }] of seen) if (!known.has(text)) await plan(text, door);
    planned = [...known];
    back = markOf(pglite);
  };

  return {
    query: (text, values = []) => inTurn(() => query({ text, values }, {})),
    script: (text) => inTurn(async () => void (await simple(text))),
    rewind: () => inTurn(rewind),
    driver: {
      kind: 'embedded',
      connections: () => null,
      transaction: (work) => inTurn(() => transaction(work)),
      openQueueLine: () => {
        throw new Error('There is no queue here.');
      },
      close: async () => undefined,
    },
  };
}

interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What a transaction begins with: a script, or a statement. */
type Door = string | Sent;

interface At {
  readonly first?: boolean;
  readonly door?: Door | null;
}

const parametersIn = (text: string): number =>
  Math.max(0, ...Array.from(text.matchAll(/\$(\d+)/g), ([, number]) => Number(number)));

const recordOf = (
  columns: readonly { readonly name: string; readonly parse: (text: string) => unknown }[],
  cells: Received['rows'][number],
): Record<string, unknown> => {
  const record: Record<string, unknown> = {};
  for (const [index, { name, parse }] of columns.entries()) {
    const cell = cells[index] ?? null;
    record[name] = cell === null ? null : parse(cell);
  }
  return record;
};
