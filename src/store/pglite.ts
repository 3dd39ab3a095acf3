import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import { lockDirectory } from './directory-lock.ts';
import type { Connection, Driver, QueueLine } from './driver.ts';
import { encode, parserOf } from './wire.ts';

/** The embedded database in a directory, which this process alone may use until it is closed. */
export async function openEmbedded(dataDir: string): Promise<Driver> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const release = await lockDirectory(dataDir);
  try {
    const driver = createPgliteDriver(await PGlite.create(join(dataDir, 'database')));
    return {
      ...driver,
      async close() {
        await driver.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Speaks to a PGlite instance that is already open, with the same values on the wire as a server gets. */
export function createPgliteDriver(pglite: PGlite): Driver {
  for (const type of Object.keys(pglite.parsers)) pglite.parsers[type] = parserOf(Number(type));
  for (const type of Object.keys(pglite.serializers)) pglite.serializers[type] = asText;

  return {
    kind: 'embedded',
    transaction: (work) => pglite.transaction((tx) => work(connectionOf(tx))),
    openQueueLine: () => queueLineOf(pglite),
    connections: () => null,
    close: () => pglite.close(),
  };
}

// `encode` has made text of everything already.
const asText = (value: unknown): string => value as string;

type PgliteTransaction = Parameters<Parameters<PGlite['transaction']>[0]>[0];

const connectionOf = (tx: PgliteTransaction): Connection => ({
  async query(text, parameters = []) {
    const { rows, fields } = await tx
      .query<Record<string, unknown>>(text, parameters.map(encode))
      .catch(withoutStatement);
    return { rows, fields: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })) };
  },
  async script(text) {
    await tx.exec(text).catch(withoutStatement);
  },
});

/** The queue's engine takes values as they are sent by the store, but expects to get them as PGlite gives them by itself. */
function queueLineOf(pglite: PGlite): QueueLine {
  const options = { parsers: types.parsers };
  return {
    async executeSql(text, values = []) {
      if (values.length > 0) {
        return pglite.query<Record<string, unknown>>(text, values.map(encode), options).catch(withoutStatement);
      }
      // A script that fails leaves its transaction open: PGlite's own around it ends it before anybody else's turn comes.
      const run = /^\s*begin\b/i.test(text)
        ? pglite.transaction((tx) => tx.exec(text, options))
        : pglite.exec(text, options);
      return { rows: (await run.catch(withoutStatement)).flatMap(({ rows }) => rows) };
    },
    close: async () => undefined,
  };
}

/** PGlite hangs the statement and all its values on its errors, where a log would print them. */
function withoutStatement(error: unknown): never {
  if (error instanceof Error) {
    for (const property of ['query', 'params', 'queryOptions']) Reflect.deleteProperty(error, property);
  }
  throw error;
}
