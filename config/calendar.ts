import { CronExpressionParser } from 'cron-parser';

/** True for five-field cron expressions that mean the same at every look (no seconds, no hashed `H`) and come due some day. */
export function isCron(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5 || /\bH\b/i.test(text)) return false;
  try {
    CronExpressionParser.parse(text, { currentDate: '2024-01-01T00:00:00Z', tz: 'UTC' }).next();
    return true;
  } catch {
    return false;
  }
}

/** True for names of the IANA time zone database that this Node knows; plain offsets are none, they miss daylight saving. */
export function isTimezone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** True for a day that exists, written as `2027-03-31`. */
export function isDate(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** True for a day, or a first and last day as in `2026-12-24..2027-01-01`. */
export function isDateRange(text: string): boolean {
  const [first = '', last = first, ...more] = text.split('..');
  return more.length === 0 && isDate(first) && isDate(last) && first <= last;
}

/** True for hours of a day as in `08:00-18:00`; `22:00-06:00` goes over midnight. */
export function isHours(text: string): boolean {
  const [, from, to] = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text) ?? [];
  return from !== undefined && from !== to;
}
