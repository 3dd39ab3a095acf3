import { z } from 'zod';
import { freshnessAge } from '../domain/freshness-age.ts';
import { defineRule } from '../domain/rule.ts';

/** Finds runbooks that no person has confirmed for too long. The clock itself: src/domain/freshness-clock.ts. */
export default defineRule({
  id: 'stale-runbook',
  title: 'Runbook has not been confirmed for a long time',
  why: 'Systems change faster than their runbooks. One that nobody has looked at for half a year sends its reader the wrong way in the middle of an incident.',
  severity: 'high',
  remediation:
    'Walk through the runbook, correct it, and save it or add the label reviewed-YYYY-MM-DD or a row "Last reviewed" with the date of today.',
  appliesTo: 'runbooks',
  options: z.strictObject({
    warnDays: z.int().positive().default(90).describe('Warn from this age on.'),
    failDays: z
      .int()
      .positive()
      .default(180)
      .describe('Fail from this age on; where it is below warnDays, nothing warns.'),
    ignoreAuthors: z.array(z.string().min(1)).default([]).describe('Account ids whose versions do not set the clock.'),
    minorEdits: z.enum(['ignore', 'count']).default('ignore').describe('Whether minor edits set the clock.'),
  }),
  needs: ['versions', 'labels', 'accounts', 'body'],
  *check(view, { now }, { warnDays, failDays }) {
    const from = Math.min(warnDays, failDays);
    const age = freshnessAge(view, { now, from, failDays });
    if (!age.known) {
      yield { status: 'skip', reason: age.why };
      return;
    }
    if (age.days < from) return;

    const { evidence, confidence, due } = age;
    const unconfirmed = `No person has confirmed this runbook for ${age.spelt}`;
    if (age.days >= failDays) {
      yield { reason: `${unconfirmed} (limit ${failDays}, due on ${due}). ${age.cause}`, evidence, confidence };
      return;
    }
    const reason = `${unconfirmed}; on ${due} it becomes stale (limit ${failDays}). ${age.cause}`;
    yield { status: 'warn', reason, evidence, confidence };
  },
});
