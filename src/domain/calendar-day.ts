const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    'jan january januar jänner',
    'feb february februar',
    'mar march mär märz mrz',
    'apr april',
    'may mai',
    'jun june juni',
    'jul july juli',
    'aug august',
    'sep sept september',
    'oct october okt oktober',
    'nov november',
    'dec december dez dezember',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);
const SHORT_MONTHS: ReadonlySet<number> = new Set([4, 6, 9, 11]);
const YEAR_FIRST = /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const DAY_FIRST = /(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)/;
const NAMED = /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.?[ -](\p{L}{3,9})\.?,?[ -](\d{4})(?!\d)/u;
const NAMED_FIRST = /(?<!\p{L})(\p{L}{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)/u;

/** The day as `YYYY-MM-DD`; null for days that no calendar has, such as 30 February. */
function checked(year: string | undefined, month: string | number | undefined, day: string | undefined): string | null {
  const days = daysOf(Number(year), Number(month));
  if (!(Number(day) >= 1 && Number(day) <= days)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** How many days a month has; 0 where it is none. Reckoned, since an object for each date of a site takes longer than finding it. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month >= 1 && month <= 12 ? (SHORT_MONTHS.has(month) ? 30 : 31) : 0;
}

/** The start of a day `YYYY-MM-DD` in UTC. */
export const dayStart = (day: string): Date => new Date(`${day}T00:00:00.000Z`);

/** `YYYY-MM-DD` and nothing else, as a day that the calendar has; else null. */
export function isoDay(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year === undefined ? null : checked(year, month, day);
}

/**
 * The first date of a short text, in the forms people write in English and German. `3/4/2027` is another day on each side of
 * the Atlantic, so slashes are read only where one number is too large for a month.
 */
export function dayIn(text: string): string | null {
  const iso = YEAR_FIRST.exec(text);
  if (iso !== null) return checked(iso[1], iso[2], iso[3]);
  const numbers = DAY_FIRST.exec(text);
  if (numbers !== null) {
    const [, first = '', sign, second = '', year] = numbers;
    if (sign === '.') return checked(year, second, first);
    if (Number(first) > 12) return checked(year, second, first);
    return Number(second) > 12 ? checked(year, first, second) : null;
  }
  const named = NAMED.exec(text);
  const month = MONTHS.get(named?.[2]?.toLowerCase() ?? '');
  if (named !== null && month !== undefined) return checked(named[3], month, named[1]);
  const american = NAMED_FIRST.exec(text);
  const americanMonth = MONTHS.get(american?.[1]?.toLowerCase() ?? '');
  return american !== null && americanMonth !== undefined ? checked(american[3], americanMonth, american[2]) : null;
}

const HOUR = 3_600_000;

/** True as long as no place on earth has begun that day: nobody's "today" lies ahead. */
export const liesAhead = (day: string, now: Date): boolean => dayStart(day).getTime() - 14 * HOUR > now.getTime();

/** True once the day is over everywhere on earth. */
export const isOver = (day: string, now: Date): boolean => dayStart(day).getTime() + (24 + 12) * HOUR <= now.getTime();

/** Whole days since the day began in UTC. */
export const daysSince = (day: string, now: Date): number =>
  Math.floor((now.getTime() - dayStart(day).getTime()) / (24 * HOUR));
