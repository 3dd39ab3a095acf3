import { z } from 'zod';
import { isLabelName } from '../src/domain/label-name.ts';
import { isCron, isDate, isDateRange, isHours, isTimezone } from './calendar.ts';
import { durationMs } from './duration.ts';
import { refusal } from './refusal.ts';
import { siteOrigin } from './site.ts';

/** A name, a key or an id. Whole numbers are taken as they look, so that ids and keys need no quotes. */
export const word = z
  .union([z.string().trim().min(1).max(1_000), z.int()], { error: refusal('must be text', 'put it in quotes') })
  .transform(String);

export const words = z.array(word).max(100_000);

/** Lists that choose something must not be empty: an empty choice is a line that does nothing. */
export const someWords = words.min(1);

export const count = z.int().min(0).max(1_000_000_000);
export const positive = z.int().min(1).max(1_000_000_000);

/** Text that passes a test; anything else gets the same refusal. */
function text(passes: (value: string) => boolean, message: string, hint: string) {
  return z.string({ error: refusal(message, hint) }).refine(passes, refusal(message, hint));
}

export const cron = text(
  isCron,
  'is not a cron expression that ever comes due',
  'write the five fields minute hour day month weekday, as in "0 2 * * *"',
);
export const timezone = text(isTimezone, 'is not a time zone', 'write an IANA name such as Europe/Berlin, or UTC');
export const duration = text(
  (value) => durationMs(value) !== null,
  'is not a span of time',
  'write a number and a unit (s, m, h, d, w) as in 2h or 14d',
);
export const hours = text(isHours, 'is not a span of hours', 'write "08:00-18:00"; "22:00-06:00" goes over midnight');
export const date = text(isDate, 'is not a day', 'write year-month-day as in 2027-03-31');
export const dateRange = text(
  isDateRange,
  'is neither a day nor a range of days',
  'write 2026-12-24, or 2026-12-24..2027-01-01 for a range',
);

export const labelName = text(
  isLabelName,
  'is not a label',
  'use lower-case letters, digits, - and _, at most 255 of them',
);

export const tenantId = text(
  (value) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(value),
  'is not a tenant id',
  'use lower-case letters, digits and -, at most 63, beginning with a letter or digit',
);

export const receiverName = text(
  (value) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(value),
  'is not the name of a receiver',
  'use lower-case letters, digits and -, at most 63, beginning with a letter or digit',
);

export const email = text(
  (value) => value.length <= 254 && /^[^\s@:]+@[^\s@:]+$/.test(value),
  'is not an e-mail address',
  'write the address that the account signs in with',
);

/** A web address without path; comes out as its origin. */
export const site = z.string().transform((address, context) => {
  const answer = siteOrigin(address);
  if ('origin' in answer) return answer.origin;
  context.issues.push({ code: 'custom', message: answer.refused, input: undefined });
  return z.NEVER;
});
