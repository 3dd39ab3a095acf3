import { type SQL, sql } from './sql.ts';

/**
 * Rows as one parameter for `jsonb_to_recordset`. Postgres stores neither U+0000 nor half a surrogate pair, and one such
 * title would fail its whole batch: they become U+FFFD.
 */
export function batch(rows: readonly object[]): SQL {
  return sql`${JSON.stringify(rows).replace(UNSTORABLE, String.raw`$1\ufffd`)}::jsonb`;
}

// As JSON.stringify spells them; an even number of backslashes in front means that the text itself says "\u0000".
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/** A list as one array parameter: drizzle would spread a bare array over many. */
export const list = (values: readonly string[]): SQL => sql`${sql.param(values)}::text[]`;

/**
 * A list that moves while it is read may show one item twice, and one statement may touch a row once: the later wins. By id, so that two
 * who save the same rows at the same time wait for each other in one direction.
 */
export const eachOnce = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...new Map(items.map((item) => [item.id, item])).values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
