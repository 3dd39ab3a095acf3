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
  explanation: [
    'A runbook that no person has confirmed for too long.',
    'Its clock counts from the newest of',
    '- the newest version by a person that is not a minor edit. Versions by apps, by accounts in `ignoreAuthors` and by this program do not count; an author who is not known counts as a person',
    '- an attestation: the label `reviewed-YYYY-MM-DD`, a date that the page names of itself, or what hangs on it, below',
    '- where no version counts, the creation of the page',
    'A page attests itself by a row of a table (as in the macro page properties) whose first cell says `Last reviewed`, `Last tested`, `Last verified`, `Zuletzt geprüft`, `Letzter Test` or the like, by a line `Last reviewed: 2027-03-31`, or by a date of the editor right after such words. Dates may be written as `2027-03-31`, `31.03.2027`, `31 March 2027` or `March 31, 2027`; with slashes only where the day cannot be taken for a month. A date in the future counts nowhere, and the reason says so.',
    'Where `property` or `statuses` are set, a content property (its value, or one of the values in an object, begins with a day `2027-03-31`) and the content status attest too. They are asked for only of runbooks that nothing else keeps fresh, with a request each; while they could not be read the result is `skip`.',
    'A live doc has no versions that somebody published, so minor edits count there; its versions may lag behind its edits, so `confidence` is `partial`.',
    '`fail` from `failDays` on, `warn` from `warnDays` on. The reason names the event and the day on which the page falls or fell due. To confirm a runbook, save it or give it the label with the date of today. Where versions, or the body of one that looks too old, could not be read yet the result is `skip`.',
  ],
  example:
    'No person has confirmed this runbook for 200 days (limit 180, due on 2027-05-12). Last edited by "Name of ada" on 2026-11-13 (version 4).',
  appliesTo: 'runbooks',
  options: z.strictObject({
    warnDays: z.int().positive().default(90).describe('Warn from this age on.'),
    failDays: z
      .int()
      .positive()
      .default(180)
      .describe('Fail from this age on; where it is below warnDays, nothing warns.'),
    ignoreAuthors: z.array(z.string().min(1)).default([]).describe('Account ids whose versions do not set the clock.'),
    property: z
      .string()
      .min(1)
      .max(255)
      .nullable()
      .default(null)
      .describe('Key of a content property whose value names the day of a review.'),
    statuses: z
      .array(z.string().min(1).max(255))
      .default([])
      .describe('Content statuses that attest the page as of the day when they were given.'),
    minorEdits: z.enum(['ignore', 'count']).default('ignore').describe('Whether minor edits set the clock.'),
  }),
  needs: ['versions', 'labels', 'accounts', 'body'],
  *check(view, { now }, { warnDays, failDays, property, statuses }) {
    const from = Math.min(warnDays, failDays);
    const age = freshnessAge(view, { now, from, failDays });
    if (!age.known) {
      yield { status: 'skip', reason: age.why };
      return;
    }
    if (age.days < from) return;
    if (view.marks === null && (property !== null || statuses.length > 0)) {
      yield {
        status: 'skip',
        reason: 'The content property or status that may attest the runbook has not been read yet.',
      };
      return;
    }

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
