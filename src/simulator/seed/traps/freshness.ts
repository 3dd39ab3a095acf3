import type { Stage } from '../stage.ts';
import { text } from '../storage.ts';
import { type Traps, writeTrap } from './trap.ts';

/** Pages whose age is not what their newest version says. */
export function addFreshnessTraps(stage: Stage): Traps {
  const { world, crew } = stage;

  const bot = writeTrap(stage, { title: 'Nightly job runbook', age: 300, labels: ['runbook'] });
  for (let night = 40; night >= 0; night -= 1) {
    world.editPage(bot.id, {
      by: crew.bot.accountId,
      at: stage.ago(night),
      message: 'Nightly update of the job table',
    });
  }
  const minor = writeTrap(stage, { title: 'Runbook: clock drift on the depot gateways', age: 260 });
  world.editPage(minor.id, { by: stage.someone().accountId, at: stage.ago(5), minor: true });

  const attested = writeTrap(stage, {
    title: 'Runbook: quarterly key ceremony',
    age: 400,
    labels: ['runbook', `reviewed-${stage.dayAgo(20)}`],
  });
  const attestedLongAgo = writeTrap(stage, {
    title: 'Runbook: fax gateway restart',
    age: 500,
    labels: [`reviewed-${stage.dayAgo(250)}`],
  });
  const attestedTomorrow = writeTrap(stage, {
    title: 'Runbook: tape library jam',
    age: 220,
    labels: [`reviewed-${stage.dayAgo(-400)}`],
  });
  const neverEdited = writeTrap(stage, { title: 'Playbook: data centre power loss', age: 310, history: 0 });
  const evergreen = writeTrap(stage, {
    title: 'Runbook: call the fire brigade',
    age: 800,
    labels: ['runbook', 'evergreen'],
  });
  const live = writeTrap(stage, { title: 'Live runbook of the migration', age: 12, subtype: 'live' });

  const meeting = stage.write({
    space: 'ENG',
    title: `${stage.dayAgo(250)} meeting about the runbook review`,
    body: text('We went through the runbooks of the last quarter and divided the work.'),
    labels: ['meeting-notes'],
    age: 250,
    history: 0,
  });
  const template = writeTrap(stage, {
    space: 'DOCS',
    parentId: null,
    title: 'Template for a runbook',
    age: 500,
    labels: ['template'],
  });

  return {
    botNightly: bot.id,
    minorNewest: minor.id,
    attested: attested.id,
    attestedLongAgo: attestedLongAgo.id,
    attestedInFuture: attestedTomorrow.id,
    neverEdited: neverEdited.id,
    evergreen: evergreen.id,
    liveRunbook: live.id,
    meetingAboutRunbooks: meeting.id,
    runbookTemplate: template.id,
  };
}
