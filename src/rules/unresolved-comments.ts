import { z } from 'zod';
import { defineRule } from '../domain/rule.ts';

const DAY = 86_400_000;
/** `dangling` comments have lost their passage; that is a matter of tidiness, not an open question. */
const OPEN: ReadonlySet<string> = new Set(['open', 'reopened']);

/** Finds runbooks with remarks on single passages that nobody has answered for a long time. */
export default defineRule({
  id: 'unresolved-comments',
  title: 'Remarks on the runbook are not dealt with',
  why: 'Somebody saw that a passage is wrong or unclear, and the next reader follows it all the same.',
  severity: 'medium',
  remediation: 'Correct the passages that the comments point at, and resolve the comments.',
  explanation: [
    'A runbook with inline comments that are `open` or `reopened` for long. Where the comments were not read the result is `skip`.',
  ],
  example: '1 inline comment has been open for 30 days (limit 30).',
  appliesTo: 'runbooks',
  options: z.strictObject({
    days: z.int().positive().default(30).describe('Inline comments that are open for fewer days are left alone.'),
  }),
  needs: ['comments'],
  *check({ comments }, { now }, { days }) {
    if (comments === null) {
      yield { status: 'skip', reason: 'The comments of the page have not been read.' };
      return;
    }
    const ages = comments
      .filter(({ resolution }) => OPEN.has(resolution))
      .map(({ createdAt }) => Math.floor((now.getTime() - Date.parse(createdAt)) / DAY))
      .filter((age) => age >= days);
    if (ages.length === 0) return;
    const oldest = Math.max(...ages);
    const what = ages.length === 1 ? '1 inline comment has' : `${ages.length} inline comments have`;
    const since = ages.length === 1 ? `for ${oldest} days` : `for up to ${oldest} days`;
    yield {
      reason: `${what} been open ${since} (limit ${days}).`,
      evidence: { open_comments: ages.length, oldest_days: oldest, limit_days: days },
    };
  },
});
