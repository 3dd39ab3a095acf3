import { CasingCache } from 'drizzle-orm/casing';
import type { SQL } from 'drizzle-orm/sql/sql';

export { type SQL, sql } from 'drizzle-orm/sql/sql';

// The dialect does the same and brings sixty modules. Node reads the 180 kB of the package's manifest again for each import of
// one of its modules, so that every command began with half a second of that; hence also the one door to the package.
const WRITING = {
  casing: new CasingCache(),
  escapeName: (name: string) => `"${name.replaceAll('"', '""')}"`,
  escapeParam: (index: number) => `$${index + 1}`,
  // Backslashes mean something where a server was told so. https://www.postgresql.org/docs/15/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
  escapeString: (text: string) => ` E'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", "''")}'`,
};

/** A statement as Postgres takes it: its text with $1, $2, …, and what they stand for. */
export function statementText(statement: SQL): { readonly text: string; readonly params: unknown[] } {
  const { sql: text, params } = statement.toQuery(WRITING);
  return { text, params };
}

/** The same with the values in the text, for what travels together with other statements. */
export const scriptText = (statement: SQL): string => statement.inlineParams().toQuery(WRITING).sql;
