import { z } from 'zod';
import { clockConfidence, dueOn, freshnessAge } from '../domain/freshness-age.ts';
import { defineRule } from '../domain/rule.ts';

/** Finds pages that no person has confirmed for very long. The clock itself: src/domain/freshness-clock.ts. */
export default defineRule({
  id: 'stale-page',
  title: 'Page has not been confirmed for a long time',
  why: 'Readers trust old pages and owners forget them, so what was right years ago is still followed today.',
  severity: 'low',
  remediation: 'Correct and save the page, label it reviewed-YYYY-MM-DD, or archive it.',
  appliesTo: 'pages',
  options: z.strictObject({
    failDays: z.int().positive().default(365).describe('Fail from this age on.'),
    runbooks: z
      .boolean()
      .default(false)
      .describe('Whether runbooks are judged too; stale-runbook judges them by a shorter limit.'),
  }),
  needs: ['versions', 'labels', 'accounts', 'body'],
  *check(view, { now }, { failDays, runbooks }) {
    if (view.isRunbook && !runbooks) {
      yield { status: 'not-applicable', reason: 'The page is a runbook; stale-runbook judges it.' };
      return;
    }
    const age = freshnessAge(view, { now, limit: failDays });
    if (!age.known) {
      yield { status: 'skip', reason: age.why };
      return;
    }
    const { freshness } = view;
    if (!freshness.known || age.days < failDays) return;
    const due = dueOn(freshness.at, failDays);
    yield {
      reason: `No person has confirmed this page for ${age.days === 1 ? '1 day' : `${age.days} days`} (limit ${failDays}, due on ${due}). ${freshness.cause}`,
      evidence: {
        fresh_at: freshness.at,
        fresh_because: freshness.because,
        age_days: age.days,
        fail_days: failDays,
        due_on: due,
      },
      confidence: clockConfidence(view),
    };
  },
});
