import { AsyncLocalStorage } from 'node:async_hooks';
import type { Connection, Driver, PoolUse, QueueLine, Result } from './driver.ts';
import { type SQL, scriptText, sql, statementText } from './sql.ts';

/** One transaction behind one of the doors. Await nothing but the transaction itself inside it. */
export interface Tx {
  /** The moment of this database, as a fragment for statements. */
  readonly now: SQL;
  rows<Row extends object>(statement: SQL): Promise<Row[]>;
  /** With the types of the columns, for those who print what they do not know. */
  result(statement: SQL): Promise<Result>;
}

export interface TenantTx extends Tx {
  readonly tenantId: string;
}

/** The doors to the data. None can be opened inside the other. */
export interface Store {
  readonly kind: Driver['kind'];
  /** Reads and writes the rows of one tenant; those of others do not exist here. What only reads is cheaper if it says so. */
  withTenant<T>(tenantId: string, work: (tx: TenantTx) => Promise<T>, options?: { readOnly: boolean }): Promise<T>;
  /** The same for many tenants in one transaction, one after the other: all of it is done, or none. */
  withTenants(tenantIds: readonly string[], work: (tx: TenantTx) => Promise<void>): Promise<void>;
  /** What all tenants share, paces and quotas: no tenant's row exists here. */
  withCommons<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads across all tenants (or as one of them), writes nothing. */
  withFleet<T>(work: (tx: Tx) => Promise<T>, options?: { tenantId?: string }): Promise<T>;
  /** For the job queue alone; like a door it cannot be used inside a transaction. Close it before the store. */
  openQueueLine(): QueueLine;
  /** Connections as they are now; null where there is no pool. */
  connections(): PoolUse | null;
  close(): Promise<void>;
}

/** The doors over a driver. `now` is the clock of the statements: the server's own, unless time is simulated. */
export function createStore({ driver, now }: { driver: Driver; now?: () => SQL }): Store {
  // On PGlite's one connection a nested transaction would wait for itself for ever; on a server it may deadlock.
  const inside = new AsyncLocalStorage<{ open: boolean }>();

  const assertOutside = (): void => {
    if (inside.getStore()?.open) {
      throw new Error('A door of the store was opened inside a transaction: finish that one first, or pass its tx on.');
    }
  };

  async function through<T>(door: Door, work: (tx: Tx) => Promise<T>): Promise<T> {
    assertOutside();
    const state = { open: true };
    try {
      return await driver.transaction(
        (connection) =>
          inside.run(state, async () => {
            const tx = txOf(connection, now?.() ?? sql`clock_timestamp()`);
            await connection.script(scriptText(enter(door, now === undefined ? sql`''` : sql`(${tx.now})::text`)));
            return work(tx);
          }),
        { readOnly: door.readOnly },
      );
    } finally {
      state.open = false;
    }
  }

  return {
    kind: driver.kind,
    async withTenant(tenantId, work, { readOnly } = { readOnly: false }) {
      if (tenantId === '') throw new Error('A tenant has an id.');
      return through({ role: 'audit_worker', tenantId, readOnly }, (tx) => work({ ...tx, tenantId }));
    },
    withTenants: (tenantIds, work) =>
      through({ role: 'audit_worker', tenantId: '', readOnly: false }, async (tx) => {
        for (const tenantId of tenantIds) {
          if (tenantId === '') throw new Error('A tenant has an id.');
          await tx.rows(sql`select set_config('app.tenant', ${tenantId}, true)`);
          await work({ ...tx, tenantId });
        }
      }),
    withCommons: (work) => through({ role: 'audit_worker', tenantId: '', readOnly: false }, work),
    withFleet: (work, { tenantId = '' } = {}) => through({ role: 'audit_fleet', tenantId, readOnly: true }, work),
    openQueueLine() {
      const line = driver.openQueueLine();
      return {
        close: () => line.close(),
        async executeSql(text, values) {
          assertOutside();
          return line.executeSql(text, values);
        },
      };
    },
    connections: () => driver.connections(),
    close: () => driver.close(),
  };
}

const txOf = (connection: Connection, moment: SQL): Tx => {
  const result = (statement: SQL): Promise<Result> => {
    const { text, params } = statementText(statement);
    return connection.query(text, params);
  };
  return { now: moment, result, rows: async <Row extends object>(s: SQL) => (await result(s)).rows as Row[] };
};

interface Door {
  readonly role: 'audit_worker' | 'audit_fleet';
  readonly tenantId: string;
  readonly readOnly: boolean;
}

// Elsewhere what the server says holds: some go read-only by default before their disk is full.
const READ_ONLY = sql`set_config('transaction_read_only', 'on', true),`;

// A server with a compiler goes by estimated cost. Set rules run without nested loops, which Postgres expresses as a cost of ten thousand
// million, so it would compile, inline and optimise them for a tenant of four pages too, each for far longer than the statement takes.
// https://www.postgresql.org/docs/15/jit-decision.html
const NO_JIT = sql`set_config('jit', 'off', true),`;

/**
 * Everything that a transaction needs, for this transaction only (a pooler may give the connection to another one next).
 * The role comes last: it is what makes the policies hold even where the session itself is a superuser.
 */
const enter = ({ role, tenantId, readOnly }: Door, moment: SQL): SQL => sql`
  select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
    set_config('search_path', 'audit, pg_temp', true), set_config('app.tenant', ${tenantId}, true),
    set_config('app.now', ${moment}, true),
    ${readOnly ? READ_ONLY : sql``}
    set_config('idle_in_transaction_session_timeout', '60s', true), ${NO_JIT}
    set_config('role', ${role}, true)`;
