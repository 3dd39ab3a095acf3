import type { Random } from '../random.ts';
import { bullets, day, escape, h, mention, p, status, table, tasks, text } from '../storage.ts';

const TOPICS = [
  'The freeze for the end of the quarter starts on Thursday at noon; only fixes after that.',
  'Two teams want the same reporting replica. We keep one and give each a schedule.',
  'Support asks for clearer error texts in the customer portal. Three of them are ours.',
  'The cost review found idle volumes for about a tenth of the storage bill.',
  'The load test reached twice last year’s peak before the queue became the limit.',
  'We still page for a disk that fills over days. It becomes a ticket instead.',
  'The new joiners finish their shadow shifts this week and go on the rota after that.',
  'One dependency publishes a breaking release next month; we pin it and plan the change.',
  'The vendor confirmed the maintenance window and promised to stay under ten minutes.',
  'Dashboards of services that no longer exist will be deleted on Friday unless somebody objects.',
  'The audit asked who may read the customer exports. The list was longer than we thought.',
  'Alert fatigue: a fifth of the pages in the last fortnight needed no action.',
];

const DECISIONS = [
  'We keep the current retention and look again after the holidays.',
  'The change goes out in two steps, a week apart.',
  'Nobody merges to the release branch without a second pair of eyes, holidays included.',
  'The old endpoint stays for one more quarter, with a warning header.',
  'On-call handover moves to ten in the morning.',
];

const ACTIONS = [
  'write the migration note',
  'ask finance for the forecast',
  'clean up the unused alerts',
  'invite the vendor to the review',
  'measure the cold start again',
  'draw the new network plan',
];

/** Notes of one meeting: who, what, decisions, and tasks with dates. */
export function meetingBody(random: Random, scene: { people: readonly string[]; due: string }): string {
  const { people, due } = scene;
  const attendees = random.some(people, random.between(3, 5));
  const todo = random.some(ACTIONS, random.between(1, 3)).map((action) => ({
    done: random.chance(0.6),
    raw: `${mention(random.pick(attendees))} ${escape(action)} by ${day(due)}`,
  }));
  return [
    h(2, 'Present'),
    p(...attendees.map(mention)),
    h(2, 'Discussed'),
    bullets(random.some(TOPICS, random.between(2, 4))),
    h(2, 'Decided'),
    bullets(random.some(DECISIONS, random.between(1, 2))),
    h(2, 'To do'),
    tasks(todo),
  ].join('');
}

const WELL = [
  'The pairing on the importer made the review short.',
  'We found the regression ourselves, before a customer did.',
  'Estimates were off by less than a day.',
  'The rehearsal paid off: the real migration took eleven minutes.',
  'Questions in the channel were answered within the hour.',
];
const BADLY = [
  'Three interrupts a day ate the focus time.',
  'The staging data was two months old and hid the bug.',
  'We started four things and finished two.',
  'The test suite was red for two days and we got used to it.',
  'Nobody knew who owned the certificate.',
];
const IDEAS = [
  'One person a week takes all interrupts.',
  'Refresh staging every Sunday.',
  'Delete the flaky tests, and write the two that matter again.',
  'Put owners on the service pages and keep them there.',
  'Shorter stand-ups, longer lunches.',
];

/** A team's look back at two weeks. */
export const retroBody = (random: Random): string =>
  [
    h(2, 'What went well'),
    bullets(random.some(WELL, 3)),
    h(2, 'What went badly'),
    bullets(random.some(BADLY, 3)),
    h(2, 'What we try next'),
    bullets(random.some(IDEAS, 2)),
  ].join('');

const CAUSES = [
  'A default changed between two minor versions of the client library, and the pool size went from fifty to five.',
  'A feature flag was switched on for everyone instead of for one percent; the form takes both and looks the same.',
  'The job that removes old partitions ran against the wrong schema after a rename.',
  'A retry without jitter made every client come back in the same second.',
  'The disk of one node had been read-only for six days, and nothing looked at it.',
  'A certificate was renewed but never loaded.',
];
const LESSONS = [
  'Graphs with a logarithmic axis hide a factor of ten from tired people.',
  'The runbook was right and nobody found it. It is linked from the alert now.',
  'Rolling back would have taken four minutes; we debated for thirty.',
  'Two people changed things at the same time. One incident, one pair of hands.',
  'The first message to customers went out after twelve minutes, which is our best so far.',
];

/** What happened, why, and what will be different. */
export function postmortemBody(random: Random, scene: { service: string; on: string; lead: string }): string {
  const minutes = random.between(12, 190);
  const start = random.between(0, 20);
  const at = (offset: number): string =>
    `${String(start + Math.floor(offset / 60)).padStart(2, '0')}:${String(offset % 60).padStart(2, '0')}`;
  return [
    p(status('reviewed', 'Green'), 'Incident on', day(scene.on), 'led by', mention(scene.lead)),
    h(2, 'Summary'),
    text(`${scene.service} was degraded for ${minutes} minutes. ${random.pick(CAUSES)}`),
    h(2, 'Timeline'),
    table(
      ['Time (UTC)', 'What happened'],
      [
        [at(0), 'First errors in the logs; no alert yet.'],
        [at(7), `The alert for ${scene.service} fires and the person on call acknowledges it.`],
        [at(Math.min(59, 9 + Math.floor(minutes / 4))), 'The cause is understood well enough to act.'],
        [at(minutes), 'Error rates are normal again.'],
      ],
    ),
    h(2, 'What we learned'),
    bullets(random.some(LESSONS, 2)),
    h(2, 'Actions'),
    tasks([
      { done: true, raw: escape('Add the missing alert') },
      { done: random.chance(0.5), raw: escape('Rehearse the rollback with the whole rota') },
    ]),
  ].join('');
}
