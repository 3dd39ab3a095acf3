import { safeJson } from './report-rows.ts';

/** A row of the database as one line of NDJSON, its columns named as reports name theirs; the transaction stays ours. */
export const exportRecord = (row: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (name === 'tx' ? [] : [[snakeCase(name), value as unknown]])),
  );

/** One object on one line, whatever its texts say. */
export const exportLine = (record: object): string => `${safeJson(record)}\n`;

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
