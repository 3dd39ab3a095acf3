import { dayStart, isoDay, liesAhead } from './calendar-day.ts';
import type { PageDate } from './facts.ts';
import type { Label } from './inventory.ts';
import { quoted } from './printable.ts';

const REVIEWED = /^reviewed-(.*)$/i;
/** A content property or status of a page that attests it as of a day. Plain JSON, so that it can be stored. */
export interface StatedMark {
  readonly kind: 'property' | 'status';
  readonly name: string;
  readonly day: string;
}

const PROPERTY = { reviewed: 'Last reviewed', tested: 'Last tested' } as const;

/** Somebody stated that they made sure of a page. */
export interface Attestation {
  /** What states it, fit for a sentence: `label "reviewed-2027-05-01"`, `property "Last tested" (2027-05-01)`. */
  readonly source: string;
  readonly day: string;
  /** The start of the day in UTC, never after `now`. */
  readonly at: Date;
}

/**
 * The newest attestation of a page, by the label `reviewed-YYYY-MM-DD`, by a date that the page names of itself, or by what hangs on it
 * (content property, status), and the sources of those that do not count because their date lies ahead.
 */
export function readAttestations(
  {
    labels,
    dates,
    marks = [],
  }: { readonly labels: readonly Label[]; readonly dates: readonly PageDate[]; readonly marks?: readonly StatedMark[] },
  now: Date,
): { readonly newest: Attestation | null; readonly future: readonly string[] } {
  let newest: Omit<Attestation, 'at'> | null = null;
  const future: string[] = [];
  for (const stated of [...labels.flatMap(byLabel), ...dates.flatMap(byProperty), ...marks.map(byMark)]) {
    if (liesAhead(stated.day, now)) future.push(stated.source);
    else if (newest === null || stated.day > newest.day) newest = stated;
  }
  if (newest === null) return { newest, future: future.toSorted() };
  const start = dayStart(newest.day);
  return { newest: { ...newest, at: start > now ? now : start }, future: future.toSorted() };
}

type Stated = Omit<Attestation, 'at'>;

/** Nothing for other labels and for days that no calendar has, such as 30 February. */
function byLabel({ prefix, name }: Label): readonly Stated[] {
  const day = prefix === 'global' ? isoDay(REVIEWED.exec(name)?.[1] ?? '') : null;
  return day === null ? [] : [{ source: `label ${quoted(name)}`, day }];
}

const byMark = ({ kind, name, day }: StatedMark): Stated => ({
  source: `content ${kind} ${quoted(name)} (${day})`,
  day,
});

/** The day that the value of a content property names: text that begins with a day, by itself or under a key of an object. */
export function dayInProperty(value: unknown): string | null {
  if (typeof value === 'string') return isoDay(value.slice(0, 10));
  if (typeof value !== 'object' || value === null) return null;
  const days = Object.values(value).flatMap((each) =>
    typeof each === 'string' ? (isoDay(each.slice(0, 10)) ?? []) : [],
  );
  return days.toSorted().at(-1) ?? null;
}

function byProperty({ kind, day }: PageDate): readonly Stated[] {
  if (kind === 'review-due' || day === null) return [];
  return [{ source: `property "${PROPERTY[kind]}" (${day})`, day }];
}
