import { z } from 'zod';
import { freshnessAge } from '../domain/freshness-age.ts';
import { defineRule } from '../domain/rule.ts';

/** Finds pages that no person has confirmed for very long. The clock itself: src/domain/freshness-clock.ts. */
export default defineRule({
  id: 'stale-page',
  title: 'Page has not been confirmed for a long time',
  why: 'Readers trust old pages and owners forget them, so what was right years ago is still followed today.',
  severity: 'low',
  remediation: 'Correct and save the page, label it reviewed-YYYY-MM-DD, or archive it.',
  explanation: [
    'A page that no person has confirmed for very long, by the clock of [`stale-runbook`](#stale-runbook). The options of that rule that say what sets the clock hold here too.',
    'Older versions are read of runbooks only: another page whose newest version does not set the clock, and which nothing newer attests, is `skip`.',
  ],
  example: 'No person has confirmed this page for 365 days (limit 365, due on 2027-06-01). Last edited by "Ada".',
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
    const age = freshnessAge(view, { now, failDays });
    if (!age.known) {
      yield { status: 'skip', reason: age.why };
      return;
    }
    if (age.days < failDays) return;
    yield {
      reason: `No person has confirmed this page for ${age.spelt} (limit ${failDays}, due on ${age.due}). ${age.cause}`,
      evidence: age.evidence,
      confidence: age.confidence,
    };
  },
});
