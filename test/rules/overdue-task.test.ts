import { readBody } from '../../src/domain/body-facts.ts';
import type { BodyTask } from '../../src/domain/facts.ts';
import rule from '../../src/rules/overdue-task.ts';
import { facts, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const due = (...days: readonly string[]) => days.map((day): BodyTask => ({ due: day, assigneeId: 'ada' }));
const view = (...tasks: readonly BodyTask[]) => pageView({ facts: facts({ tasks }) });
const task = (status: string, inside: string) =>
  `<ac:task><ac:task-id>1</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>${inside}</ac:task-body></ac:task>`;
const body = (...tasks: readonly string[]) =>
  pageView({ facts: { ...readBody(`<ac:task-list>${tasks.join('')}</ac:task-list>`).facts, secrets: [] } });
const MAY = '<time datetime="2027-05-01"/>';

testRule(rule, {
  fine: [
    { name: 'no task', view: view() },
    { name: 'a task for tomorrow', view: view(...due('2027-06-02')) },
    { name: 'one for today', view: view(...due('2027-06-01')) },
    {
      name: 'one for yesterday, which is not over everywhere',
      view: view(...due('2027-05-31')),
      context: { now: new Date('2027-06-01T11:59:59Z') },
    },
    { name: 'days of grace', view: view(...due('2027-05-25')), options: { graceDays: 7 } },
    { name: 'one that is done', view: body(task('complete', `Rotate the key ${MAY}`)) },
    { name: 'one without a date', view: body(task('incomplete', 'Rotate the key')) },
    {
      name: 'a later date that is not its first',
      view: body(task('incomplete', `<time datetime="2027-09-01"/> not ${MAY}`)),
    },
    { name: 'a date outside of tasks', view: body(task('incomplete', 'Rotate'), MAY) },
  ],
  found: [
    {
      name: 'one of May',
      view: body(task('incomplete', `<ac:link><ri:user ri:account-id="ben"/></ac:link> rotate the key ${MAY}`)),
      reason: /^1 task was due on 2027-05-01 and not ticked\.$/,
      result: {
        severity: 'medium',
        evidence: { overdue_tasks: 1, oldest_due: '2027-05-01', assignees: ['ben'] },
      },
    },
    {
      name: 'several, some of nobody',
      view: view(...due('2027-05-09', '2027-04-01'), { due: '2027-05-30', assigneeId: null }),
      reason: /^3 tasks were due on 2027-04-01 or later and not ticked\. Of these 1 have no assignee\.$/,
      result: { evidence: { overdue_tasks: 3, oldest_due: '2027-04-01', assignees: ['ada'] } },
    },
    { name: 'one of nobody', view: body(task('incomplete', MAY)), reason: /Nobody is assigned\.$/ },
    {
      name: 'a page that is no runbook',
      view: { ...view(...due('2027-05-01')), isRunbook: false },
      reason: /1 task/,
      result: { severity: 'low' },
    },
    { name: 'no body', view: pageView({ facts: null }), reason: /has not been read/, result: { status: 'skip' } },
  ],
});
