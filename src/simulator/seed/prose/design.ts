import type { Random } from '../random.ts';
import { bullets, code, h, p, pageLink, panel, table, text } from '../storage.ts';

const PURPOSES = [
  '{Service} takes what arrives from the outside, checks it, and hands it on in a form that the rest of the company can trust.',
  '{Service} answers one question quickly and correctly. Everything else it does exists to keep that answer fresh.',
  '{Service} is the only writer of its tables. Others read its events, never its database.',
  '{Service} grew out of a script. The parts that still look like one are marked below.',
];
const FLOWS = [
  'Requests enter through the edge, are authenticated there, and carry a tenant id that is never taken from the body.',
  'Each accepted change is written together with an event in one transaction; a relay publishes the events in order.',
  'Reads go to a replica unless the caller has written within the last five seconds.',
  'Large payloads are stored first and referenced afterwards, so that the queue carries only ids.',
  'The nightly reconciliation compares totals with the upstream system and opens a ticket for each difference.',
];
const LIMITS = [
  ['Requests per second', 'tested to 900, planned to 600'],
  ['Size of a message', '256 kB'],
  ['Rows in the largest table', 'about 240 million'],
  ['Time to start', '14 seconds'],
  ['Data kept', '400 days'],
  ['Longest outage tolerated by callers', '15 minutes'],
] as const;
const RISKS = [
  'The relay is a single process. If it stops, events queue up in the table and nothing is lost, but everything is late.',
  'Schema changes on the big table take a night, and must be rehearsed.',
  'The client library retries by default. A caller that also retries turns one failure into nine requests.',
  'Two configuration values must be changed together. Nothing enforces that.',
];

/** How one service is built and where it hurts. */
export function architectureBody(
  random: Random,
  scene: { service: string; aspect: string; picture?: string; related?: string },
): string {
  const fill = (line: string): string => line.replaceAll('{Service}', scene.service);
  return [
    text(fill(random.pick(PURPOSES))),
    h(2, scene.aspect),
    ...random.some(FLOWS, 3).map(text),
    scene.picture ?? '',
    h(2, 'Limits'),
    table(['What', 'How much'], random.some(LIMITS, 4)),
    h(2, 'Known weak points'),
    bullets(random.some(RISKS, 2)),
    scene.related === undefined ? '' : p('Compare', `${pageLink(scene.related)}.`),
  ].join('');
}

/** Decisions that any company of this kind takes sooner or later. */
export const DECISION_TOPICS = [
  'Keep events for ninety days',
  'One database per service',
  'No shared libraries with business rules',
  'Times are stored in UTC and shown in local time',
  'Feature flags expire',
  'Money is an integer of minor units',
  'Outbox instead of two-phase commit',
  'Read models may be rebuilt at any time',
  'Retries carry an idempotency key',
  'Secrets live in one vault',
  'Alerts need an owner and a page to read',
  'Logs are structured',
  'Customer files are encrypted with a key per customer',
  'Public APIs are versioned in the path',
  'Batch jobs are restartable',
  'Deploy on any weekday before three',
  'Search is a copy, never a source',
  'Internal traffic is authenticated too',
  'Backups are restored every quarter',
  'Pagination by key, not by offset',
  'Dependencies are updated every week',
  'No pager for anything that can wait until morning',
  'Test data is made, not copied',
  'The edge owns rate limits',
  'Each service has a runbook before it has customers',
  'Queues have a maximum age, not a maximum length',
] as const;

const FORCES = [
  'Three teams had solved this in three ways, and each of them failed once in a way the others had already seen.',
  'The simple way worked until there were more than a handful of writers.',
  'An audit asked for it, and for once the audit and the engineers wanted the same thing.',
  'Every incident review of the last half-year touched this point.',
];
const CONSEQUENCES = [
  'Some code becomes longer. The failure cases become shorter.',
  'Teams that need an exception ask for it in writing, and the exception has an end date.',
  'We can no longer answer ad-hoc questions across services without the warehouse.',
  'New people learn one way instead of three.',
  'The tooling must be in place before the rule is enforced; until then it is advice.',
];

/** One architecture decision: context, decision, consequences. */
export const decisionBody = (random: Random, topic: string): string =>
  [
    panel('info', text('Status: accepted. Changes need a new decision that names this one.')),
    h(2, 'Context'),
    text(random.pick(FORCES)),
    h(2, 'Decision'),
    text(`${topic}. This holds for new services at once, and for old ones when they are next changed.`),
    h(2, 'Consequences'),
    bullets(random.some(CONSEQUENCES, 3)),
    random.chance(0.3) ? code('yaml', ['policy:', `  title: "${topic}"`, '  enforced: true']) : '',
  ].join('');
