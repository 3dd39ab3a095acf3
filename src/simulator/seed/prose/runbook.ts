import type { Random } from '../random.ts';
import { bullets, code, escape, h, mention, p, pageLink, panel, steps, text, toc, webLink } from '../storage.ts';
import { DATA_FAILURES } from './data-failures.ts';
import { type FailureMode, LOAD_FAILURES } from './failure-modes.ts';

export const FAILURES: readonly FailureMode[] = [...LOAD_FAILURES, ...DATA_FAILURES];

export const slugOf = (service: string): string => service.toLowerCase().replaceAll(' ', '-');

const OPENINGS = [
  'Use this page when the alert below fires, or when support reports what is listed under symptoms.',
  'This page is for the person on call who has never seen {Service} before. Follow it from top to bottom.',
  'Written after the second night in which somebody had to work this out alone.',
  'Keep calm: {Service} can be down for fifteen minutes before a customer loses anything.',
];

const PREREQUISITES = [
  'Membership of the on-call group, which gives access to the cluster and to this page.',
  'A shell on the jump host; the browser console is too slow for the log commands.',
  'The incident channel is open, and somebody keeps the timeline.',
  'Read access to the {Service} dashboard.',
];

const ESCALATIONS = [
  'If nothing has improved after thirty minutes, call the owner of {Service}.',
  'Page the database team when the symptoms point to storage; they would rather be woken than surprised.',
  'Tell the support lead as soon as customers are affected, even if you know nothing else yet.',
];

export interface RunbookScene {
  readonly service: string;
  readonly mode: FailureMode;
  readonly owner: string;
  /** Markup of a picture or file that belongs to the page. */
  readonly picture?: string;
  /** Title of a page in the same space. */
  readonly related?: string;
}

/** A complete runbook for one way in which one service fails. */
export function runbookBody(random: Random, scene: RunbookScene): string {
  const { service, mode, owner } = scene;
  const fill = (line: string): string => line.replaceAll('{Service}', service).replaceAll('{slug}', slugOf(service));
  const all = (lines: readonly string[]): string[] => lines.map(fill);
  const related = scene.related === undefined ? '' : p('See also', `${pageLink(scene.related)}.`);
  return [
    random.chance(0.4) ? toc() : '',
    h(2, 'When to use this'),
    text(fill(random.pick(OPENINGS))),
    h(2, 'Alert and symptoms'),
    p(
      `Alert: <code>${escape(fill(mode.alert))}</code>`,
      webLink(`https://graphs.example/d/${slugOf(service)}`, 'dashboard'),
    ),
    bullets(all(mode.symptoms)),
    h(2, 'Prerequisites'),
    bullets(all(random.some(PREREQUISITES, 2))),
    h(2, 'Diagnosis'),
    text('Run these in order and keep their output for the incident record.'),
    code('bash', all(mode.checks)),
    scene.picture ?? '',
    h(2, 'Mitigation'),
    steps(all(mode.actions)),
    h(2, 'Rollback'),
    panel('note', text(fill(mode.rollback))),
    h(2, 'Verification'),
    text(fill(mode.proof)),
    h(2, 'Escalation'),
    bullets(all(random.some(ESCALATIONS, 2))),
    p('Owner of this page:', mention(owner)),
    related,
  ].join('');
}
