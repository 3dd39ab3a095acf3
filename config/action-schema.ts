import { z } from 'zod';
import { closest } from '../src/domain/closest.ts';
import { COMMENT_TEMPLATES } from '../src/domain/owner-comment.ts';
import { durationMs } from './duration.ts';
import { count, duration, labelName, word } from './fields.ts';
import { refusal } from './refusal.ts';

const KINDS = ['label', 'property', 'comment', 'archive', 'trash'] as const;

const status = z.enum(['fail', 'warn']);
const wait = duration.optional().describe('How long the finding must have been open.');

const step = z
  .strictObject({
    label: labelName.optional().describe('The label to add; it must begin with labels.prefix.'),
    property: labelName
      .optional()
      .describe(
        'The key of the content property to set, for sites that want no labels; it must begin with labels.prefix.',
      ),
    comment: z
      .enum(COMMENT_TEMPLATES)
      .optional()
      .describe('The comment to the owner: one a page, brought up to date instead of repeated.'),
    archive: z.literal(true).optional().describe('Archives the page; always needs an approval.'),
    trash: z.literal(true).optional().describe('Moves the page to the trash; always needs an approval.'),
    after: wait,
    cooldown: duration.optional().describe('The comment is not changed within this span; 7d by default.'),
    approval: z
      .enum(['required', 'none'])
      .optional()
      .describe('required: only `apply` with a name carries it out; always so for archive and trash.'),
  })
  .check(({ value, issues }) => {
    const kinds = KINDS.filter((kind) => value[kind] !== undefined);
    if (kinds.length !== 1) {
      const message = refusal(
        'must do exactly one thing',
        'write one of label, property, comment, archive: true or trash: true in each step',
      );
      issues.push({ code: 'custom', message, input: undefined });
    }
    if (value.cooldown !== undefined && value.comment === undefined) {
      const message = refusal('means nothing here', 'cooldown belongs to a comment');
      issues.push({ code: 'custom', message, input: undefined, path: ['cooldown'] });
    }
    if (value.approval === 'none' && (value.archive ?? value.trash) === true) {
      const message = refusal(
        'is not possible here',
        'a page is only archived or trashed with an approval: leave it out',
      );
      issues.push({ code: 'custom', message, input: undefined, path: ['approval'] });
    }
  });

/** A ladder whose later steps come earlier is none. */
const ascending = z.check<readonly z.output<typeof step>[]>(({ value, issues }) => {
  const waits = value.map(({ after }) => (after === undefined ? 0 : (durationMs(after) ?? 0)));
  for (const [index, span] of waits.entries()) {
    if (span >= (waits[index - 1] ?? 0)) continue;
    const message = refusal(
      'is shorter than that of the step before',
      'write the steps in the order in which they are taken',
    );
    issues.push({ code: 'custom', message, input: undefined, path: [index, 'after'] });
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
    .array(
      z.strictObject({
        name: word,
        match,
        do: z.array(step).min(1).check(ascending).describe('Steps, each harder than the one before.'),
        writesPerRun: count
          .optional()
          .describe('Writes of this action in one run; only the limits bound it by default.'),
      }),
    )
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
