import { z } from 'zod';
import { daysSince, liesAhead } from '../domain/calendar-day.ts';
import { BODY_UNREAD, defineRule } from '../domain/rule.ts';

/**
 * Finds runbooks that do not say when somebody last tried them out, or say that it was long ago. A row or line "Last tested"
 * counts (test, drill, exercise, rehearsal, game day; English or German), or a date right after such words. Wrongly named are
 * runbooks whose tests are recorded elsewhere; switch the finding off for them with `undated: ignore`.
 */
export default defineRule({
  id: 'untested-runbook',
  title: 'Runbook has not been tried out for a long time',
  why: 'A reviewed runbook reads well; only a tested one is known to work. Commands, rights and host names change under it.',
  severity: 'high',
  remediation: 'Try the runbook out, and write the day into a table row "Last tested".',
  explanation: [
    'A runbook that does not say when somebody last tried it out, or says that it was long ago.',
    'A row or line `Last tested` counts, and so do drill, exercise, rehearsal, `Letzter Test`, `Letzte Übung` and the like. Runbooks whose tests are recorded elsewhere are wrongly named; `undated: ignore` leaves them alone. Bodies not read yet at this version: `skip`.',
  ],
  example: 'The runbook was last tested on 2026-12-03, 180 days ago (limit 180).',
  appliesTo: 'runbooks',
  options: z.strictObject({
    failDays: z.int().positive().default(180).describe('Fail from this age of the last test on.'),
    undated: z.enum(['fail', 'ignore']).default('fail').describe('Whether a runbook without the date is a finding.'),
  }),
  needs: ['body'],
  *check({ facts }, { now }, { failDays, undated }) {
    if (facts === null) {
      yield BODY_UNREAD;
      return;
    }
    const tested = facts.dates.filter(({ kind }) => kind === 'tested');
    const days = tested.flatMap(({ day }) => day ?? []);
    const believed = days.filter((day) => !liesAhead(day, now)).toSorted();
    const last = believed.at(-1);
    const future = days
      .filter((day) => liesAhead(day, now))
      .toSorted()
      .at(-1);
    const unheeded = future === undefined ? '' : ` The date ${future} lies in the future and was ignored.`;
    if (last !== undefined) {
      const age = daysSince(last, now);
      if (age < failDays) return;
      yield {
        reason: `The runbook was last tested on ${last}, ${age} days ago (limit ${failDays}).${unheeded}`,
        evidence: { last_tested: last, age_days: age, fail_days: failDays },
      };
      return;
    }
    if (undated === 'ignore') return;
    if (facts.damaged) {
      yield { status: 'skip', reason: 'The body is not well formed, so a date of its last test may have gone unseen.' };
      return;
    }
    const why = tested.some(({ day }) => day === null)
      ? 'The row "Last tested" of the runbook holds no date that can be read'
      : 'The runbook does not say when it was last tested';
    yield {
      reason: `${why}.${unheeded}`,
      evidence: { last_tested: null, age_days: null, fail_days: failDays },
    };
  },
});
