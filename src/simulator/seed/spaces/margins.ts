import { only } from '../../world/spaces.ts';
import { FAILURES, runbookBody } from '../prose/runbook.ts';
import type { Stage } from '../stage.ts';
import { h, text } from '../storage.ts';

/** What lies beside the main spaces: a personal space, one that was archived, one that the audit account cannot see. */
export function fillMargins(stage: Stage): void {
  const { world, random, profile, crew } = stage;
  const [first, second] = crew.people;
  if (first === undefined || second === undefined) throw new Error('a company needs two people');

  const key = `~${first.accountId.replaceAll(/[^0-9a-f]/g, '')}`;
  world.addSpace({ key, name: first.displayName, type: 'personal', by: first.accountId, at: stage.ago(800) });
  const own = world.addHomepage({
    space: key,
    title: `${first.displayName} at work`,
    body: text('Half-finished things.'),
    by: first.accountId,
    at: stage.ago(800),
  });
  for (let index = 1; index < profile.size.personal; index += 1) {
    const body = text('A note to myself; do not rely on it.');
    const title = `Note to self ${index}`;
    stage.write({ space: key, title, body, parentId: own.id, age: random.between(10, 700), by: first });
  }

  const by = second.accountId;
  world.addSpace({ key: 'ATTIC', name: 'Old data centre', status: 'archived', by, at: stage.ago(2400) });
  const attic = world.addHomepage({
    space: 'ATTIC',
    title: 'Old data centre',
    body: h(1, 'Closed') + text('Kept for the auditors. Nothing here describes anything that still runs.'),
    by,
    at: stage.ago(2400),
  });
  for (let index = 1; index < profile.size.attic; index += 1) {
    const mode = FAILURES[index % FAILURES.length];
    if (mode === undefined) continue;
    const service = `Rack ${100 + index}`;
    const body = runbookBody(random, { service, mode, owner: by });
    const age = random.between(1200, 2000);
    stage.write({ space: 'ATTIC', title: `${service} runbook`, body, parentId: attic.id, age, labels: ['runbook'] });
  }

  world.addSpace({ key: 'BOARD', name: 'Board', by, at: stage.ago(900), readers: only([by, first.accountId]) });
  const board = world.addHomepage({ space: 'BOARD', title: 'Board papers', body: '', by, at: stage.ago(900) });
  for (let index = 1; index < profile.size.closed; index += 1) {
    const title = `Board meeting ${stage.dayAgo(index * 61)}`;
    stage.write({
      space: 'BOARD',
      title,
      body: text('Confidential.'),
      parentId: board.id,
      age: index * 61,
      by: second,
    });
  }
}
