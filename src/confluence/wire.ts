import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * The pieces that Confluence's answers are made of. Objects are loose and sets of values open: new keys and new values
 * appear without notice, and neither may cost a page its audit.
 */

const REPLACEMENT = '\uFFFD';

/** Postgres accepts neither U+0000 nor lone surrogates, and one of them would fail a whole batch of rows. */
export const wireText = z.string().transform((text) => text.replaceAll('\0', REPLACEMENT).toWellFormed());

/** Twice what Confluence allows. A longer one would not fit into an index and would fail a whole batch of rows. */
const LONGEST_TITLE = 512;

/** A title or a file name. One that is far too long is cut, and says so; the hash tells apart those that begin alike. */
export const wireTitle = wireText.transform((title) => {
  if (title.length <= LONGEST_TITLE) return title;
  const hash = createHash('sha256').update(title).digest('hex').slice(0, 12);
  return `${title.slice(0, LONGEST_TITLE - 100).toWellFormed()}… [cut: ${title.length} characters, sha256 ${hash}]`;
});

/** An id of a space or of content: digits, as a string; numbers were seen too. */
export const wireId = z
  .union([z.string(), z.int().transform(String)])
  .refine((id) => /^\d{1,19}$/.test(id), 'not an id');

/** Attachments carry `att` before the digits, in all answers but not in all parameters. */
export const wireAttachmentId = z
  .union([z.string(), z.int().transform(String)])
  .refine((id) => /^(att)?\d{1,19}$/.test(id), 'not an id')
  .transform((id) => (id.startsWith('att') ? id : `att${id}`));

/** ISO 8601 in UTC with the precision that was sent; epoch milliseconds, seen on folders, become it. */
export const wireInstant = z.union([z.string(), z.int()]).transform((value, context) => {
  const ms = typeof value === 'number' ? value : Date.parse(value);
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) {
    context.addIssue({ code: 'custom', message: 'not an instant' });
    return z.NEVER;
  }
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? value : new Date(ms).toISOString();
});

/** Absent and null mean the same. */
export const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

export const wireVersion = z
  .looseObject({
    number: z.int().positive(),
    createdAt: wireInstant,
    authorId: orNull(wireText),
    minorEdit: z.boolean().nullish(),
  })
  .transform(({ number, createdAt, authorId, minorEdit }) => ({
    number,
    createdAt,
    authorId,
    minorEdit: minorEdit === true,
  }));
