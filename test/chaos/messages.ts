import { messages, protocol } from '@electric-sql/pglite';

/** What came back for some messages that were sent, as far as anybody asks for it. */
export interface Received {
  readonly fields: readonly { readonly name: string; readonly type: number }[] | null;
  /** Each cell as the text that Postgres printed; null for NULL. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Of the last command: COMMIT, or ROLLBACK where one of its statements had failed. */
  readonly tag: string;
  /** Whether a transaction is open afterwards. */
  readonly inTransaction: boolean;
}

/**
 * Reads the backend's messages; throws the first error among them. PGlite's own parser makes an object of each message.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function readMessages(bytes: Buffer): Received {
  const rows: (string | null)[][] = [];
  let fields: Received['fields'] = null;
  let tag = '';
  let inTransaction = false;
  for (let at = 0; at < bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    const from = at + 5;
    switch (String.fromCharCode(bytes[at] ?? 0)) {
      case 'D':
        rows.push(cellsAt(bytes, from));
        break;
      case 'T':
        fields = fieldsAt(bytes, from);
        break;
      case 'C':
        tag = bytes.toString('utf8', from, bytes.indexOf(0, from));
        break;
      case 'Z':
        inTransaction = String.fromCharCode(bytes[from] ?? 0) !== 'I';
        break;
      case 'E':
        throw errorIn(bytes.subarray(at));
    }
  }
  return { fields, rows, tag, inTransaction };
}

function cellsAt(bytes: Buffer, from: number): (string | null)[] {
  let at = from + 2;
  return Array.from({ length: bytes.readInt16BE(from) }, () => {
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(0, length);
    return length < 0 ? null : bytes.toString('utf8', at - length, at);
  });
}

function fieldsAt(bytes: Buffer, from: number): { name: string; type: number }[] {
  let at = from + 2;
  return Array.from({ length: bytes.readInt16BE(from) }, () => {
    const end = bytes.indexOf(0, at);
    const field = { name: bytes.toString('utf8', at, end), type: bytes.readInt32BE(end + 7) };
    // Its table, column, type, length, modifier and format.
    at = end + 19;
    return field;
  });
}

function errorIn(bytes: Buffer): Error {
  let found: Error = new Error('The database failed without a word.');
  new protocol.Parser().parse(new Uint8Array(bytes), (message) => {
    if (message instanceof messages.DatabaseError) found = message;
  });
  return found;
}
