/**
 * Answers that are as ordinary as nearly all of them are, read without a schema. Each of these gives what the schema of `wire.ts` would, or
 * null: then the schema decides, and refuses or mends. A test compares both.
 */

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (raw: unknown): Fields | null =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Fields) : null;

/** A text that needs no mending. */
export const plainText = (value: unknown): string | null =>
  typeof value === 'string' && !value.includes('\0') && value.isWellFormed() ? value : null;

/** Longer ones are looked at by the schema. */
const LONGEST = 500;
export function plainTitle(value: unknown): string | null {
  const text = plainText(value);
  return text !== null && text.length <= LONGEST ? text : null;
}

const ID = /^\d{1,19}$/;
export const plainId = (value: unknown): string | null => (typeof value === 'string' && ID.test(value) ? value : null);

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
export const plainInstant = (value: unknown): string | null =>
  typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;

/** What may be absent: `undefined` is what this cannot read, null is absence. */
export function orAbsent<T>(value: unknown, read: (value: unknown) => T | null): T | null | undefined {
  if (value === undefined || value === null) return null;
  return read(value) ?? undefined;
}

export function plainVersion(raw: unknown) {
  const version = fieldsOf(raw);
  if (version === null) return null;
  const { number, minorEdit } = version as { number: unknown; minorEdit: unknown };
  const createdAt = plainInstant(version['createdAt']);
  const authorId = orAbsent(version['authorId'], plainText);
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) return null;
  if (createdAt === null || authorId === undefined) return null;
  if (minorEdit !== undefined && minorEdit !== null && typeof minorEdit !== 'boolean') return null;
  return { number, createdAt, authorId, minorEdit: minorEdit === true };
}
