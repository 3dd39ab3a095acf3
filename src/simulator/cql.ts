export type Field = 'space' | 'type' | 'id' | 'label';
type OrderField = 'id' | 'created' | 'lastmodified';

/** A query that this site understands: conditions that must all hold, and an order. */
export interface Cql {
  readonly all: readonly { readonly field: Field; readonly anyOf: readonly string[] }[];
  readonly order: { readonly field: OrderField; readonly descending: boolean };
}

export type Parsed = { readonly ok: true; readonly query: Cql } | { readonly ok: false; readonly message: string };

type Token = { readonly kind: 'word' | 'quoted' | 'sign'; readonly text: string };

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|([=(),])|([^\s"'=(),!<>]+))/y;
const FIELDS: readonly Field[] = ['space', 'type', 'id', 'label'];
const ORDERS: readonly OrderField[] = ['id', 'created', 'lastmodified'];

class CqlError extends Error {}

function tokenize(cql: string): Token[] {
  const text = cql.trim();
  const pattern = new RegExp(TOKEN);
  const tokens: Token[] = [];
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const [, quoted, sign, word] = pattern.exec(text) ?? [];
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.replaceAll(/\\(.)/g, '$1') });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else throw new CqlError(`Could not parse the query at character ${at}.`);
  }
  return tokens;
}

function createReader(tokens: readonly Token[]) {
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const isNext = (text: string): boolean => peek()?.kind !== 'quoted' && peek()?.text.toLowerCase() === text;
  const take = (text: string): boolean => {
    const found = isNext(text);
    if (found) at += 1;
    return found;
  };
  const next = (): Token => {
    const token = tokens[at];
    if (token === undefined) throw new CqlError('The query ends too early.');
    at += 1;
    return token;
  };
  return { take, next, done: () => at >= tokens.length, rest: () => peek()?.text ?? '' };
}
type Reader = ReturnType<typeof createReader>;

function readValue(reader: Reader): string {
  const token = reader.next();
  if (token.kind === 'sign') throw new CqlError(`Expected a value and found '${token.text}'.`);
  return token.text;
}

function readValues(reader: Reader): string[] {
  if (reader.take('=')) return [readValue(reader)];
  if (!reader.take('in') || !reader.take('(')) throw new CqlError(`No operator is known here: '${reader.rest()}'.`);
  const values = [readValue(reader)];
  while (reader.take(',')) values.push(readValue(reader));
  if (!reader.take(')')) throw new CqlError('A list of values is not closed.');
  return values;
}

function oneOf<Name extends string>(names: readonly Name[], token: Token): Name {
  const found = token.kind === 'word' ? names.find((name) => name === token.text.toLowerCase()) : undefined;
  if (found !== undefined) return found;
  throw new CqlError(`No field '${token.text}' is known here; known are ${names.join(', ')}.`);
}

function readQuery(reader: Reader): Cql {
  const all: { field: Field; anyOf: string[] }[] = [];
  do {
    const field = oneOf(FIELDS, reader.next());
    all.push({ field, anyOf: readValues(reader) });
  } while (reader.take('and'));
  let order: Cql['order'] = { field: 'id', descending: false };
  if (reader.take('order')) {
    if (!reader.take('by')) throw new CqlError("'order' is not followed by 'by'.");
    const field = oneOf(ORDERS, reader.next());
    const descending = reader.take('desc');
    if (!descending) reader.take('asc');
    order = { field, descending };
  }
  if (!reader.done()) throw new CqlError(`The query goes on where it should end: '${reader.rest()}'.`);
  return { all, order };
}

/** Reads the part of CQL that an audit needs: `=` and `in` on four fields, joined by `and`, and `order by`. */
export function parseCql(cql: string): Parsed {
  try {
    return { ok: true, query: readQuery(createReader(tokenize(cql))) };
  } catch (error) {
    if (error instanceof CqlError) return { ok: false, message: error.message };
    throw error;
  }
}
