import { z } from 'zod';
import { closest } from '../src/domain/closest.ts';
import { duration, labelName, word } from './fields.ts';
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
export const actionsSchema = (ruleIds: readonly string[]) => {
  const rule = rulePattern(ruleIds);
  const match = z.strictObject({
    rule: z
      .union([rule, z.array(rule).min(1)], {
        error: refusal('names no rule', 'write a rule id, a pattern or a list of them'),
      })
      .describe('Rule ids, or patterns with * and ?.'),
    status: z
      .union([status, z.array(status).min(1)], { error: refusal('is no status', 'write fail, warn or [fail, warn]') })
      .optional()
      .describe('fail, warn or both; fail by default.'),
  });
  return z
    .array(z.strictObject({ name: word, match, do: z.array(step).min(1) }))
    .max(1_000)
    .describe('What to do about findings. A list in a later layer replaces this one.');
};

/** A rule id, or a pattern; one that covers no rule is only noted, since it may wait for a rule to come. */
export const rulePattern = (ruleIds: readonly string[]) =>
  z.string().check(({ value, issues }) => {
    if (/[*?]/.test(value) || ruleIds.includes(value)) return;
    const meant = closest(value, ruleIds);
    const hint =
      meant === null ? 'npm run rules -- list names the rules; * and ? are wildcards' : `did you mean ${meant}?`;
    issues.push({ code: 'custom', message: refusal('names no rule', hint), input: undefined });
  });

export type ActionInput = z.output<ReturnType<typeof actionsSchema>>[number];
