/** The rows of a view or a summary, in the order in which they are printed; every row has one value per column. */
export interface ReportRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** Where each row's page is, for a table that leaves its column out. */
  readonly addresses?: readonly string[];
}

/** What a value says in a cell of text: nothing for null, JSON for objects and lists. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  return JSON.stringify(value) ?? '';
}

/** One row as an object whose keys stand in the order of the columns. */
export const rowObject = ({ columns }: ReportRows, row: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(columns.map((column, index) => [column, jsonValue(row[index])]));

const jsonValue = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : (value ?? null));

/** JSON on one line or indented, with what a terminal would obey written as `\\u…`: the same data, safe to print. */
export const safeJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
