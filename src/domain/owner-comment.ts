import type { Step } from './ladder.ts';
import { withoutControls } from './plain-text.ts';

/** What a comment has to know of the settings of the site. */
export interface CommentWords {
  /** A label that takes a page out of the audit; null where none does. */
  readonly exemptLabel: string | null;
}

interface Told {
  readonly findingId: string;
  readonly ruleId: string;
  readonly reason: string;
}

/** What a comment can be called in the settings, and what it begins with. */
const TEMPLATES = {
  'stale-owner': 'this page may not be right any more, and somebody may rely on it.',
  'findings-owner': 'the documentation audit found something on this page that needs a person.',
} as const;

export const COMMENT_TEMPLATES: readonly string[] = Object.keys(TEMPLATES);

/** Rules that a `reviewed-` label answers. */
const ATTESTED = new Set(['stale-runbook', 'stale-page', 'never-reviewed-runbook', 'review-date-passed']);
/** More would bury the first. */
const TOLD = 10;

/**
 * The comment that asks a page's owner, in storage format: who is asked, what was found, what comes next and three ways to stop it. It
 * carries a mark that readers do not see, so that it is known again and never posted twice.
 */
export function commentFor(
  template: string,
  {
    ownerAccountId,
    findings,
    next,
    words,
  }: {
    readonly ownerAccountId: string | null;
    readonly findings: readonly Told[];
    readonly next: { readonly step: Step; readonly dueAt: Date } | null;
    readonly words: CommentWords;
  },
): string {
  const asked =
    ownerAccountId === null
      ? 'To whoever looks after this page'
      : `<ac:link><ri:user ri:account-id="${storageText(ownerAccountId)}" /></ac:link>`;
  const told = findings
    .slice(0, TOLD)
    .map(({ reason, ruleId }) => `<li>${storageText(reason)} (${storageText(ruleId)})</li>`);
  const more = findings.length > TOLD ? `<li>and ${findings.length - TOLD} more</li>` : '';
  return [
    markerOf(template),
    `<p>${asked}: ${openingOf(template)}</p>`,
    `<ul>${told.join('')}${more}</ul>`,
    `<p>What comes next: ${nextWords(next)}</p>`,
    '<p>Three ways to stop this:</p>',
    `<ol>${waysOut(findings, words)
      .map((way) => `<li>${way}</li>`)
      .join('')}</ol>`,
  ].join('');
}

/** What the same comment says once nothing is left to ask. */
export const settledComment = (template: string): string =>
  `${markerOf(template)}<p>What this comment asked for has been settled. Nothing is left to do.</p>`;

/** An anchor is kept by Confluence and shown to nobody. https://confluence.atlassian.com/doc/anchor-macro-182682053.html */
const markerOf = (template: string): string =>
  `<p><ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">${markerName(template)}</ac:parameter></ac:structured-macro></p>`;

const markerName = (template: string): string => `docaudit-comment-${template}`;

/** Whether a comment is the one of this name, however Confluence spelt its markup. */
export const isComment = (storage: string, template: string): boolean => storage.includes(`>${markerName(template)}<`);

const openingOf = (template: string): string =>
  TEMPLATES[template as keyof typeof TEMPLATES] ?? TEMPLATES['findings-owner'];

function nextWords(next: { readonly step: Step; readonly dueAt: Date } | null): string {
  if (next === null) return 'nothing else; this comment is brought up to date while the finding is open.';
  const { step, dueAt } = next;
  const approved = step.approval ? ', once a person has approved it' : '';
  return `if nothing changes, ${CONSEQUENCES[step.kind]} on or after <time datetime="${dueAt.toISOString().slice(0, 10)}" />${approved}.`;
}

const CONSEQUENCES = {
  label: 'the page is labelled',
  property: 'the page is marked',
  comment: 'the owner is asked again',
  archive: 'the page is archived',
  trash: 'the page is moved to the trash',
} as const satisfies Record<Step['kind'], string>;

function waysOut(findings: readonly Told[], { exemptLabel }: CommentWords): string[] {
  const ids = findings.slice(0, TOLD).map(({ findingId }) => `<code>${storageText(findingId)}</code>`);
  return [
    'Put right what is listed above and publish the page.',
    findings.some(({ ruleId }) => ATTESTED.has(ruleId))
      ? 'If the page is right as it is, add the label <code>reviewed-YYYY-MM-DD</code> with the day on which you read it.'
      : `If a finding is wrong, ask those who run the audit to mute it: ${ids.join(', ')}.`,
    exemptLabel === null
      ? 'If the page needs no audit, ask those who run the audit to leave it out.'
      : `If the page needs no audit, add the label <code>${storageText(exemptLabel)}</code>.`,
  ];
}

/** Text as it stands in storage format. */
export const storageText = (text: string): string =>
  withoutControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
