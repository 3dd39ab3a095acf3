import { z } from 'zod';
import { daysSince, isOver } from '../domain/calendar-day.ts';
import { BODY_UNREAD, defineRule } from '../domain/rule.ts';

const MOST_NAMED = 20;

/**
 * Finds pages with tasks that were due before today and are not ticked. As in Confluence the first date of a task says when it
 * is due and its first mention whose it is. A day counts as over once it is over everywhere on earth. Wrongly named are tasks
 * that were done and never ticked, which is why meeting notes are rich in them; they are graded low.
 */
export default defineRule({
  id: 'overdue-task',
  title: 'Tasks are overdue',
  why: 'A task on a runbook is a repair that somebody promised. Past its day the reader still meets what it was to repair.',
  severity: 'medium',
  remediation: 'Do the tasks and tick them, or move their dates.',
  explanation: [
    'A page with tasks that were due before today and are not ticked.',
    'As in Confluence the first date of a task says when it is due, its first mention whose it is. One finding for each page; its evidence lists the account ids. `low` on pages that are no runbooks, whatever `severity` says: meeting notes are rich in tasks that were done and never ticked. Bodies not read yet at this version: `skip`.',
  ],
  example: '1 task was due on 2027-05-01 and not ticked.',
  appliesTo: 'pages',
  options: z.strictObject({
    graceDays: z.int().nonnegative().default(0).describe('For how many days after its date a task is left alone.'),
  }),
  needs: ['body'],
  *check({ facts, isRunbook }, { now }, { graceDays }) {
    if (facts === null) {
      yield BODY_UNREAD;
      return;
    }
    const overdue = facts.tasks.filter(({ due }) => isOver(due, now) && daysSince(due, now) > graceDays);
    const oldest = overdue.map(({ due }) => due).toSorted()[0];
    if (oldest === undefined) return;
    const assignees = [...new Set(overdue.flatMap(({ assigneeId }) => assigneeId ?? []))];
    const nobody = overdue.filter(({ assigneeId }) => assigneeId === null).length;
    const what = overdue.length === 1 ? '1 task was' : `${overdue.length} tasks were`;
    const since = overdue.length === 1 ? `on ${oldest}` : `on ${oldest} or later`;
    const whose =
      nobody === 0 ? '' : nobody === overdue.length ? ' Nobody is assigned.' : ` Of these ${nobody} have no assignee.`;
    yield {
      reason: `${what} due ${since} and not ticked.${whose}`,
      evidence: { overdue_tasks: overdue.length, oldest_due: oldest, assignees: assignees.slice(0, MOST_NAMED) },
      ...(isRunbook ? {} : { severity: 'low' as const }),
    };
  },
});
