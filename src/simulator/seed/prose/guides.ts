import type { Random } from '../random.ts';
import { bullets, code, h, p, pageLink, panel, steps, text } from '../storage.ts';

/** Titles of how-to pages; each is written once per service it is drawn for. */
export const GUIDE_TOPICS = [
  'Set up a local environment',
  'Read the logs',
  'Add a feature flag',
  'Write a migration',
  'Release a hotfix',
  'Export data for a customer',
  'Onboard a new partner',
  'Ask for access',
  'Use the sandbox',
  'Understand the metrics',
] as const;

/** Pages that a company has once. */
export const HANDBOOK_TOPICS = [
  'Your first week',
  'Your first on-call shift',
  'Whom to ask about what',
  'Tools and accounts',
  'Words we use',
  'How we write incident updates',
  'How we review code',
  'Working from another country',
] as const;

const INTROS = [
  'It takes about twenty minutes. Do not skip the check at the end.',
  'You need an account in the identity broker and nothing else.',
  'If a step does not work, correct this page; you are the first to know.',
  'Written for people who join us. Old hands will find the short form at the end.',
];
const STEPS = [
  'Clone the repository and run the bootstrap script once.',
  'Ask for the role in the access portal; the approval usually comes within an hour.',
  'Choose the sandbox, never production, in the drop-down at the top right.',
  'Copy the example file and fill in your own user name.',
  'Start with the smallest possible change and look at its effect.',
  'Tell the channel what you are about to do and what you expect.',
  'Compare the result with the picture in the handbook.',
  'Remove what you created. The sandbox is emptied on Sundays anyway.',
];
const CHECKS = [
  'The dashboard shows your name in the list of active sessions.',
  'The command prints three green lines and nothing else.',
  'A colleague can repeat it with your notes alone.',
];

/** How to do one thing, step by step. */
export const guideBody = (random: Random, scene: { subject: string; related?: string; picture?: string }): string =>
  [
    text(`${scene.subject}. ${random.pick(INTROS)}`),
    h(2, 'Before you start'),
    bullets(['A laptop that IT has set up', 'Membership of your team’s group']),
    h(2, 'Steps'),
    steps(random.some(STEPS, random.between(3, 6))),
    scene.picture ?? '',
    random.chance(0.4) ? code('bash', ['make bootstrap', 'make check']) : '',
    h(2, 'Check'),
    text(random.pick(CHECKS)),
    scene.related === undefined ? '' : panel('tip', p('Next:', `${pageLink(scene.related)}.`)),
  ].join('');

export const PRACTICE_TOPICS = [
  'Severity levels',
  'Error budgets',
  'How we page',
  'Handing over a shift',
  'Capacity review',
  'Load test calendar',
  'Incident roles',
  'Alert hygiene',
  'Service catalogue rules',
  'Change windows',
  'Game day guide',
  'Status page wording',
  'Log retention',
  'Tracing in ten minutes',
  'Backup policy',
  'Access reviews',
  'Deprecation policy',
  'Dependency map',
  'Synthetic checks',
  'Quarterly reliability goals',
] as const;

const RULES = [
  'The person who notices something owns it until somebody else says “mine”.',
  'Numbers first, opinions after.',
  'If a rule costs more than it saves in a quarter, we drop it.',
  'An exception has a name, a reason and an end date.',
  'What is not written down did not happen.',
  'Ask early. Nobody has ever been blamed for a question.',
];

/** A way of working that the reliability team has agreed on. */
export const practiceBody = (random: Random, topic: string): string =>
  [
    text(`${topic}: what we agreed on, why, and where it stops.`),
    h(2, 'Rules'),
    bullets(random.some(RULES, 4)),
    h(2, 'Review'),
    text('The reliability team reads this page once a quarter and says so in the change message.'),
  ].join('');
