// Type numbers are fixed: https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/catalog/pg_type.dat
const BOOL = 16;
const INT2 = 21;
const INT4 = 23;
const JSON_TYPE = 114;
const FLOAT4 = 700;
const FLOAT8 = 701;
const INT4_ARRAY = 1007;
const TEXT_ARRAY = 1009;
const TIMESTAMPTZ = 1184;
const JSONB = 3802;
export const INT8 = 20;

/** `2026-11-22 19:51:00.123456+00` (the session is in UTC) as ISO 8601, every digit kept. */
const instant = (text: string): string => (text.endsWith('+00') ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : text);

/** The elements of a one-dimensional array literal. https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO */
function elements(text: string): (string | null)[] {
  const found = text.matchAll(/"((?:[^"\\]|\\.)*)"|([^,{}]+)/gs);
  return Array.from(found, ([, quoted, bare]) =>
    quoted === undefined ? (bare === 'NULL' ? null : (bare ?? null)) : quoted.replace(/\\(.)/gs, '$1'),
  );
}

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [BOOL]: (text) => text === 't',
  [INT2]: Number,
  [INT4]: Number,
  [FLOAT4]: Number,
  [FLOAT8]: Number,
  [JSON_TYPE]: (text) => JSON.parse(text) as unknown,
  [JSONB]: (text) => JSON.parse(text) as unknown,
  [INT4_ARRAY]: (text) => elements(text).map((element) => (element === null ? null : Number(element))),
  [TEXT_ARRAY]: elements,
  [TIMESTAMPTZ]: instant,
};

const asIs = (text: string): string => text;

/** How a value of a type is read on both drivers: what JavaScript cannot hold exactly (int8, numeric, date) stays text. */
export const parserOf = (type: number): ((text: string) => unknown) => PARSERS[type] ?? asIs;

/** Every value travels as the text that Postgres itself would print, so both drivers send the same bytes. */
export function encode(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map((element) => encodeElement(element)).join(',')}}`;
  return JSON.stringify(value);
}

function encodeElement(value: unknown): string {
  const text = encode(value);
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}
