import type { Listed } from '../../store/report-content.ts';
import { count, day } from '../wording.ts';
import { pageLink, severityCell } from './marks.ts';
import { html, type Markup } from './markup.ts';
import { table } from './tables.ts';

/** The open findings one by one, the worst first; `open`: how many there are in all. */
export function findingsTable(findings: readonly Listed[], open: number): Markup {
  if (open === 0) return html`<p class="none">No finding is open.</p>`;
  const left = open - findings.length;
  return html`${table({
    caption: 'Open findings, the worst first',
    kind: 'findings',
    heads: [
      { name: 'Severity', kind: 'narrow' },
      { name: 'Page and reason', kind: 'wide' },
      { name: 'Rule' },
      { name: 'Space', kind: 'narrow' },
      { name: 'Owner' },
      { name: 'Since', kind: 'narrow' },
    ],
    rows: findings.map(findingRow),
  })}${left > 0 && html`<p class="note">${count(left)} more are open and not listed here: the report shows the worst. All of them: <code>report open_findings --format csv</code>.</p>`}`;
}

const findingRow = (finding: Listed): Markup =>
  html`<tr>${severityCell(finding.severity)}<td>${pageLink(subjectName(finding), finding.url)}<p>${finding.reason}${
    finding.confidence === 'partial' && html` <em>Not all that could change this was visible.</em>`
  }</p></td><td>${finding.rule}</td><td>${finding.space ?? '–'}</td><td dir="auto">${finding.owner ?? 'nobody known'}</td><td data-v="${finding.since.slice(0, 19)}">${day(finding.since)}</td></tr>`;

/** What a finding is about, in a few words. */
export const subjectName = ({ title, space, subject }: Pick<Listed, 'title' | 'space' | 'subject'>): string =>
  title ?? (space === null ? `The ${subject} itself` : `The space ${space}`);
