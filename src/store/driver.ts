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

/** The one difference between the embedded database and a server. */
export interface Driver {
  readonly kind: 'embedded' | 'postgres';
  /** Begins, runs `work`, commits; rolls back when it throws. */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
