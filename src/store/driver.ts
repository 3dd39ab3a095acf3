/** One statement's answer, parsed the same way whichever database gave it. */
export interface Result {
  readonly rows: Record<string, unknown>[];
  readonly fields: readonly { readonly name: string; readonly type: number }[];
}

/** What a transaction can do. Nothing else may be awaited inside one. */
export interface Connection {
  query(text: string, parameters?: readonly unknown[]): Promise<Result>;
  /** Several statements without parameters; for migrations. */
  script(text: string): Promise<void>;
}

/** Statements of the queue's engine, each by itself; scripts without values may open and end a transaction of their own. */
export interface QueueLine {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  close(): Promise<void>;
}

/** Of a pool: open connections, those of them that nobody uses, and who waits for one. */
export interface PoolUse {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

/** The one difference between the embedded database and a server. */
export interface Driver {
  readonly kind: 'embedded' | 'postgres';
  /** Begins, runs `work`, commits; rolls back when it throws. What is known to be read-only needs less to be sure of its end. */
  transaction<T>(work: (connection: Connection) => Promise<T>, options?: { readonly readOnly: boolean }): Promise<T>;
  /** A way past the doors for the job queue, whose tables hold no customer data. Close it before the driver. */
  openQueueLine(): QueueLine;
  /** Connections as they are now; null where there is no pool. */
  connections(): PoolUse | null;
  close(): Promise<void>;
}
