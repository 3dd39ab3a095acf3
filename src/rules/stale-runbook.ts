import { z } from 'zod';
import { clockConfidence, dueOn, freshnessAge } from '../domain/freshness-age.ts';
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
    const age = freshnessAge(view, { now, limit: Math.min(warnDays, failDays) });
    if (!age.known) {
      yield { status: 'skip', reason: age.why };
      return;
    }
    const { freshness } = view;
    if (!freshness.known || age.days < Math.min(warnDays, failDays)) return;

    const due = dueOn(freshness.at, failDays);
    const result = {
      evidence: {
        fresh_at: freshness.at,
        fresh_because: freshness.because,
        age_days: age.days,
        fail_days: failDays,
        due_on: due,
      },
      confidence: clockConfidence(view),
    };
    const since = age.days === 1 ? '1 day' : `${age.days} days`;
    if (age.days >= failDays) {
      const reason = `No person has confirmed this runbook for ${since} (limit ${failDays}, due on ${due}). ${freshness.cause}`;
      yield { reason, ...result };
      return;
    }
    const reason = `No person has confirmed this runbook for ${since}; on ${due} it becomes stale (limit ${failDays}). ${freshness.cause}`;
    yield { status: 'warn', reason, ...result };
  },
});
