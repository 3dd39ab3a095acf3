import { z } from 'zod';
import { readAttestations } from '../domain/attestation.ts';
import { freshnessAge } from '../domain/freshness-age.ts';
import { defineRule } from '../domain/rule.ts';

/**
 * Finds runbooks that a person wrote once and nobody has touched or confirmed since. Edits that do not set the freshness clock
 * (by apps, minor ones) are no review. Wrongly named are runbooks that were right at the first attempt, and pages that a
 * migration wrote anew with one version; a label or a row "Last reviewed" settles both. Live docs have no version for each
 * edit, so they are left alone.
 */
export default defineRule({
  id: 'never-reviewed-runbook',
  title: 'Runbook was never reviewed',
  why: 'A first draft holds what its author remembered. Steps that no second look has gone over fail in places that only a second look finds.',
  severity: 'medium',
  remediation:
    'Let a second person walk through the runbook, and save it or add the label reviewed-YYYY-MM-DD with the date of today.',
  explanation: [
    'A runbook that a person wrote once and that nobody has touched or confirmed since.',
    'Edits that do not set the clock of [`stale-runbook`](#stale-runbook) are no review; any attestation is one. Live docs are left alone, because their versions do not tell edits apart. A migration that wrote pages anew makes all of them look unreviewed.',
  ],
  example: 'Nobody has reviewed the runbook in the 30 days since it was written (limit 30). Created by "Ada".',
  appliesTo: 'runbooks',
  options: z.strictObject({
    days: z.int().positive().default(30).describe('Runbooks that are younger are left alone.'),
  }),
  needs: ['versions', 'labels', 'accounts', 'body'],
  *check(view, { now }, { days }) {
    if (view.page.subtype === 'live') {
      yield {
        status: 'not-applicable',
        reason: 'The runbook is a live doc, whose versions do not tell its edits apart.',
      };
      return;
    }
    const { freshness, labels, facts } = view;
    if (freshness.known && freshness.because !== 'created') return;
    const age = freshnessAge(view, { now, failDays: days });
    if (!age.known) {
      yield { status: 'skip', reason: age.why };
      return;
    }
    if (age.days < days || readAttestations({ labels, dates: facts?.dates ?? [] }, now).newest !== null) return;
    yield {
      reason: `Nobody has reviewed the runbook in the ${age.days} days since it was written (limit ${days}). ${age.cause}`,
      evidence: { age_days: age.days, limit_days: days },
    };
  },
});
