import { z } from 'zod';
import { defineRule } from '../domain/rule.ts';

const DAY = 86_400_000;

/** Finds runbooks that no person has confirmed for too long. The clock itself: src/domain/freshness-clock.ts. */
export default defineRule({
  id: 'stale-runbook',
  title: 'Runbook has not been confirmed for a long time',
  why: 'Systems change faster than their runbooks. One that nobody has looked at for half a year sends its reader the wrong way in the middle of an incident.',
  severity: 'high',
  remediation:
    'Walk through the runbook, correct it, and save it or add the label reviewed-YYYY-MM-DD with the date of today.',
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
  needs: ['versions', 'labels', 'accounts'],
  *check({ freshness }, { now }, { warnDays, failDays }) {
    if (!freshness.known) {
      yield { status: 'skip', reason: freshness.why };
      return;
    }
    const freshAt = Date.parse(freshness.at);
    if (Number.isNaN(freshAt)) {
      yield { status: 'skip', reason: 'Confluence gave a date that cannot be read.' };
      return;
    }
    const age = Math.floor((now.getTime() - freshAt) / DAY);
    if (age < Math.min(warnDays, failDays)) return;

    const evidence = { fresh_at: freshness.at, fresh_because: freshness.because, age_days: age, fail_days: failDays };
    const days = age === 1 ? '1 day' : `${age} days`;
    if (age >= failDays) {
      const reason = `No person has confirmed this runbook for ${days} (limit ${failDays}). ${freshness.cause}`;
      yield { reason, evidence };
      return;
    }
    const due = new Date(freshAt + failDays * DAY).toISOString().slice(0, 10);
    const reason = `No person has confirmed this runbook for ${days}; on ${due} it becomes stale (limit ${failDays}). ${freshness.cause}`;
    yield { status: 'warn', reason, evidence };
  },
});
