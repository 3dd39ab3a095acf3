import { z } from 'zod';
import { duration, labelName, someWords, word } from './fields.ts';
import { refusal } from './refusal.ts';

const status = z.enum(['fail', 'warn']);
const wait = duration.optional().describe('How long the finding must have been open.');

const step = z
  .strictObject({
    label: labelName.optional().describe('The label to add; it must begin with labels.prefix.'),
    comment: word.optional().describe('The comment template to post.'),
    archive: z.literal(true).optional(),
    after: wait,
    cooldown: duration.optional().describe('No second comment on the page within this span.'),
    approval: z.enum(['required', 'none']).optional(),
  })
  .check(({ value, issues }) => {
    const kinds = (['label', 'comment', 'archive'] as const).filter((kind) => value[kind] !== undefined);
    if (kinds.length !== 1) {
      const message = refusal('must do exactly one thing', 'write one of label, comment or archive: true in each step');
      issues.push({ code: 'custom', message, input: undefined });
    }
    if (value.cooldown !== undefined && value.comment === undefined) {
      const message = refusal('means nothing here', 'cooldown belongs to a comment');
      issues.push({ code: 'custom', message, input: undefined, path: ['cooldown'] });
    }
  });

/** What to do about the findings of some rules. */
export const actions = z
  .array(
    z.strictObject({
      name: word,
      match: z.strictObject({
        rule: z
          .union([word, someWords], { error: refusal('names no rule', 'write a rule id, a pattern or a list of them') })
          .describe('Rule ids, or patterns with * and ?.'),
        status: z.union([status, z.array(status).min(1)], { error: refusal('is no status', 'write fail, warn or [fail, warn]') })
          .optional()
          .describe('fail, warn or both; fail by default.'),
      }),
      do: z.array(step).min(1),
    }),
  )
  .max(1_000)
  .describe('What to do about findings. A list in a later layer replaces this one.');

export type ActionInput = z.output<typeof actions>[number];
