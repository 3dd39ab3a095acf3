import { z } from 'zod';
import { readAttestations } from '../domain/attestation.ts';
import { daysSince, isOver, isoDay } from '../domain/calendar-day.ts';
import { quoted } from '../domain/printable.ts';
import { defineRule, type PageView } from '../domain/rule.ts';

const REVIEW_BY = /^review-by-(.*)$/i;

interface Due {
  readonly day: string;
  readonly source: string;
}

/**
 * Finds pages that were to be reviewed by a day that has passed: by the label `review-by-YYYY-MM-DD`, or by a row or line "Next
 * review" in the text. The latest of several dates counts, since old labels stay behind. A review that was attested on that day
 * or later settles it; an edit alone does not, for it may be about a comma. Wrongly named are pages whose review nobody wrote
 * down. Dates that no calendar has are left alone; label-typo finds them.
 */
export default defineRule({
  id: 'review-date-passed',
  title: 'Review is overdue',
  why: 'Somebody judged that the page cannot be trusted beyond that day, and it is still there to be followed.',
  severity: 'high',
  remediation:
    'Review the page, add the label reviewed-YYYY-MM-DD with the date of today, and move the date of the next review.',
  explanation: [
    'A page that was to be reviewed by a day that has passed: by the label `review-by-YYYY-MM-DD`, or by a row or line such as `Next review` or `Nächste Prüfung` in the text.',
    'The latest of several dates counts. An attestation of that day or later settles it; an edit alone does not. A day has passed once it is over everywhere on earth. `medium` on pages that are no runbooks, whatever `severity` says. Where the body, which may name a later date, was not read yet at this version the result is `skip`.',
  ],
  example: 'The review was due on 2027-05-01, 31 days ago, by the label "review-by-2027-05-01".',
  appliesTo: 'pages',
  options: z.strictObject({
    graceDays: z.int().nonnegative().default(0).describe('For how many days a passed date is left alone.'),
    warnDays: z.int().nonnegative().default(0).describe('Warn so many days before the date; 0: do not warn.'),
  }),
  needs: ['labels', 'body'],
  *check(view, { now }, { graceDays, warnDays }) {
    const { facts, labels, isRunbook } = view;
    const due = latest(duesOf(view));
    if (due === null) {
      if (facts === null)
        yield { status: 'skip', reason: 'The body, which may name a review date, has not been read yet.' };
      return;
    }
    const { newest: attested } = readAttestations({ labels, dates: facts?.dates ?? [] }, now);
    if (attested !== null && attested.day >= due.day) return;
    const evidence = { due_on: due.day, last_attested: attested?.day ?? null };
    const severity = isRunbook ? {} : { severity: 'medium' as const };
    const past = daysSince(due.day, now);
    if (isOver(due.day, now) && past > graceDays) {
      if (facts === null) {
        yield {
          status: 'skip',
          reason: 'The body, which may name a later date, has not been read at this version yet.',
        };
        return;
      }
      const days = past === 1 ? '1 day' : `${past} days`;
      yield { reason: `The review was due on ${due.day}, ${days} ago, by the ${due.source}.`, evidence, ...severity };
    } else if (past < 0 && -past <= warnDays) {
      const reason = `The review is due on ${due.day} by the ${due.source}.`;
      yield { status: 'warn', reason, evidence, ...severity };
    }
  },
});

function duesOf({ labels, facts }: PageView): readonly Due[] {
  const byLabel = labels.flatMap(({ prefix, name }): Due[] => {
    const day = prefix === 'global' ? isoDay(REVIEW_BY.exec(name)?.[1] ?? '') : null;
    return day === null ? [] : [{ day, source: `label ${quoted(name)}` }];
  });
  const byProperty = (facts?.dates ?? []).flatMap(({ kind, day }): Due[] =>
    kind === 'review-due' && day !== null ? [{ day, source: 'property "Next review"' }] : [],
  );
  return [...byLabel, ...byProperty];
}

const latest = (dues: readonly Due[]): Due | null =>
  dues.reduce<Due | null>((last, due) => (last === null || due.day > last.day ? due : last), null);
