import type { Label } from './inventory.ts';

const REVIEWED = /^reviewed-(\d{4}-\d{2}-\d{2})$/i;
const HOUR = 3_600_000;
/** The first places on earth to begin a day are this far ahead of UTC; nobody's "today" is a future date. */
const EASTERNMOST = 14 * HOUR;

export interface Attestation {
  readonly label: string;
  /** The start of the day in UTC, never after `now`. */
  readonly at: Date;
}

/** The newest `reviewed-YYYY-MM-DD` among the labels, and those that do not count because their date lies ahead. */
export function readAttestations(
  labels: readonly Label[],
  now: Date,
): { readonly newest: Attestation | null; readonly future: readonly string[] } {
  let newest: Attestation | null = null;
  const future: string[] = [];
  for (const { prefix, name } of labels) {
    const day = prefix === 'global' ? dayOf(name) : null;
    if (day === null) continue;
    if (day.getTime() - EASTERNMOST > now.getTime()) future.push(name);
    else if (newest === null || day > newest.at) newest = { label: name, at: day };
  }
  if (newest !== null && newest.at > now) newest = { ...newest, at: now };
  return { newest, future: future.toSorted() };
}

/** Null for other labels and for days that no calendar has, such as 30 February. */
function dayOf(label: string): Date | null {
  const text = REVIEWED.exec(label)?.[1];
  if (text === undefined) return null;
  const day = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : null;
}
