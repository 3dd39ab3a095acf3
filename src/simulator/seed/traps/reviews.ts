import type { Stage } from '../stage.ts';
import { code, day, h, mention, p, steps, table, tasks, text } from '../storage.ts';
import { type Traps, writeTrap } from './trap.ts';

/** Runbooks whose text says something about themselves: when they were tested, what is still missing, whom nobody can call. */
export function addReviewTraps(stage: Stage): Traps {
  const owner = stage.someone();
  const body = (parts: { readonly first?: string; readonly proof?: string; readonly escalation?: string }): string =>
    [
      parts.first ?? '',
      h(2, 'Steps'),
      steps(['Open the panel.', 'Switch to the second line.', 'Wait for the green lamp.']),
      h(2, 'Verification'),
      parts.proof ?? text('The lamp stays green for a minute.'),
      h(2, 'Escalation'),
      parts.escalation ?? p('Call', mention(owner.accountId), 'at any hour.'),
    ].join('');
  const attested = writeTrap(stage, {
    title: 'Runbook: emergency generator',
    age: 300,
    body: body({ first: table(['Property', 'Value'], [['Last tested', stage.dayAgo(15)]]) }),
  });
  const due = writeTrap(stage, {
    title: 'Runbook: leased line down',
    age: 40,
    labels: ['runbook', `review-by-${stage.dayAgo(12)}`],
    body: body({ proof: code('bash', ['line check --all']) }),
  });
  const unfinished = writeTrap(stage, {
    title: 'Runbook: cooling alarm',
    age: 17,
    body: body({ proof: text('TODO: ask the facility team which lamp it is.') }),
  });
  const nobody = writeTrap(stage, {
    title: 'Runbook: gate does not open',
    age: 23,
    body: body({ escalation: text('Inform the facility team and whoever leads the shift.') }),
  });
  const overdue = writeTrap(stage, {
    title: 'Runbook: spare scanner',
    age: 36,
    body:
      body({}) +
      tasks([{ done: false, raw: `${mention(owner.accountId)} order a second one ${day(stage.dayAgo(29))}` }]),
  });
  const contradicting = writeTrap(stage, {
    title: 'Runbook: paging by telephone',
    age: 53,
    labels: ['runbook', 'deprecated'],
    body: body({}),
  });
  return {
    attestedByTable: attested.id,
    reviewDatePassed: due.id,
    unfinishedMark: unfinished.id,
    emptyEscalation: nobody.id,
    overdueTask: overdue.id,
    conflictingLabels: contradicting.id,
  };
}
