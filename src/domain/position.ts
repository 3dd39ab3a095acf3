import { z } from 'zod';

/** A place in what is exported: rows are in the order of their transactions, and by id within one. */
export interface Position {
  /** A transaction's number, as Postgres prints it. */
  readonly tx: string;
  /** After this row of it; empty for its first. */
  readonly id: string;
}

/** Where an export begins: after what an earlier one has delivered, or with what happened at a moment. */
export type Since = { readonly after: Position } | { readonly at: Date };

/** The beginning of everything; no transaction has this number. */
export const START: Position = { tx: '0', id: '' };

const LARGEST = 2n ** 64n - 1n;
const MOMENT = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** `tx:8311` or, in the middle of a transaction, `tx:8311/ID`. */
export const printPosition = ({ tx, id }: Position): string => (id === '' ? `tx:${tx}` : `tx:${tx}/${id}`);

/** A position that was printed, or a moment with its zone, or a day in UTC; null where the text is neither. */
export function parseSince(text: string): Since | null {
  const [, tx, id = ''] = /^tx:(\d{1,20})(?:\/([!-~]{1,300}))?$/.exec(text) ?? [];
  if (tx !== undefined) return BigInt(tx) <= LARGEST ? { after: { tx, id } } : null;
  return MOMENT.safeParse(text).success ? { at: new Date(text) } : null;
}
