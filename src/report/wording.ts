import { SEVERITIES, type Severity } from '../domain/severity.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `1234` as `1,234`. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** `1 page`, `2 pages`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** A share of 0 to 1, rounded down: 99.6 % is not everything. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.floor(Math.round(share * 10_000) / 100)} %`;

/** `2026-03-09T…` as `9 Mar 2026`. */
export function day(instant: string): string {
  const [year, month, date] = instant.slice(0, 10).split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? ''} ${year ?? ''}`;
}

/** `2026-03-09T02:07:…` as `9 Mar 2026, 02:07 UTC`. */
export const moment = (instant: string): string => `${day(instant)}, ${instant.slice(11, 16)} UTC`;

/** The numbers that are not zero: `2 critical, 5 high`. */
export const bySeverityText = (open: Readonly<Partial<Record<Severity, number>>>): string =>
  SEVERITIES.flatMap((severity) => (open[severity] ? [`${count(open[severity])} ${severity}`] : [])).join(', ');

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
