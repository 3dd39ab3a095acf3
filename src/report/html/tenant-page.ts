import type { ReportContent, TenantLine } from '../../store/report-content.ts';
import { outOfScope, unseenOf } from '../unseen.ts';
import { count, day } from '../wording.ts';
import { ageChart } from './age-chart.ts';
import type { DrawChart } from './draw-chart.ts';
import { figures } from './figures.ts';
import { findingsTable } from './findings-table.ts';
import { anchorOf, dayMark, pageLink, stateMark } from './marks.ts';
import { html, type Markup, type Part } from './markup.ts';
import { ruleChart } from './rule-chart.ts';
import { ruleMatrix } from './rule-matrix.ts';
import { spacesTable } from './spaces-table.ts';
import { table } from './tables.ts';
import { trendChart } from './trend-chart.ts';
import { unseenNotice } from './unseen-notice.ts';
import { worklists } from './worklists.ts';

/** The page of one tenant: its state, what to do and by whom, what was found, and what was not seen. */
export function tenantPage(content: ReportContent, tenant: TenantLine, draw: DrawChart): Markup {
  const of = <Row extends { readonly tenantId: string | null }>(rows: readonly Row[]) =>
    rows.filter(({ tenantId }) => tenantId === tenant.id);
  const anchor = anchorOf(tenant.id);
  const [spaces, counts, owners, findings] = [
    of(content.spaces),
    of(content.counts),
    of(content.owners),
    of(content.findings),
  ];
  const open = tenant.critical + tenant.high + tenant.medium + tenant.low + tenant.info;
  const [gaps, scope] = [unseenOf(tenant, spaces), outOfScope(spaces)];
  const part = (id: string, title: string, body: Part) =>
    body !== null && html`<section id="${anchor}-${id}"><h3>${title}</h3>${body}</section>`;
  return html`<section class="sheet" id="${anchor}" aria-labelledby="${anchor}-name">
    <header><h2 id="${anchor}-name">${tenant.id} ${stateMark(tenant)}</h2><p class="note">${tenantFacts(tenant)}</p>${nights(of(content.runs))}</header>
    ${tenant.asOf !== null && figures(tenant, { share: tenant.share, before: tenant.shareThen })}
    ${unseenNotice([...gaps, ...(scope === null ? [] : [scope])], gaps.length === 0)}
    ${tenant.asOf !== null && html`<div class="charts">${trendChart(draw, { name: `${anchor}-trend`, points: of(content.trend) })}${ageChart(draw, { name: `${anchor}-age`, ages: of(content.ages) })}${ruleChart(draw, { name: `${anchor}-rules-chart`, counts })}</div>`}
    ${part('owners', 'What to do, owner by owner', owners.length === 0 ? null : worklists(owners, findings, anchor))}
    ${part('rules', 'Findings by rule and space', ruleMatrix(counts))}
    ${part('spaces', 'Spaces', spacesTable(spaces, counts))}
    ${part('findings', 'All findings', tenant.asOf === null && open === 0 ? null : findingsTable(findings, open))}
    ${part('unjudged', 'What could not be judged', unjudgedTable(of(content.unjudged)))}
    ${part('muted', 'Accepted for a time', mutedTable(of(content.muted)))}
  </section>`;
}

function tenantFacts({ site, asOf, lastSuccessAt, nextRunAt, coverage, tokenExpiresAt, planned }: TenantLine): Part {
  const facts: Part[] = [
    pageLink(site, site),
    asOf === null ? 'never audited' : html`latest audit ${dayMark(asOf)}`,
    lastSuccessAt === null ? 'never in full' : html`last in full ${dayMark(lastSuccessAt)}`,
    coverage === null ? 'coverage unknown' : `${coverage} % of the known pages in scope seen`,
    nextRunAt !== null && html`next due ${dayMark(nextRunAt)}`,
    tokenExpiresAt !== null && html`credential ends ${dayMark(tokenExpiresAt)}`,
    planned > 0 && `${count(planned)} label writes planned`,
  ];
  return facts.filter((fact) => fact !== false).map((fact, index) => [index > 0 && ' · ', fact]);
}

/** The latest audits as a row of marks, the newest last. */
function nights(runs: ReportContent['runs']): Markup | null {
  if (runs.length < 2) return null;
  return html`<ol class="nights" aria-label="The latest audits, the newest last">${runs.map(
    ({ startedAt, outcome, reason }) =>
      html`<li class="${outcome}"><span>${day(startedAt)}: ${outcome}${reason !== null && ` (${reason})`}</span></li>`,
  )}</ol>`;
}

const MOST_UNJUDGED = 100;

const unjudgedTable = (lines: ReportContent['unjudged']): Part =>
  lines.length === 0
    ? null
    : [
        table({
          caption: 'What ended without a verdict, and why',
          heads: [
            { name: 'Rule' },
            { name: 'Ended in' },
            { name: 'Why', kind: 'wide' },
            { name: 'Page' },
            { name: 'Verdicts', kind: 'num' },
          ],
          rows: lines
            .slice(0, MOST_UNJUDGED)
            .map(
              (line) =>
                html`<tr><th scope="row">${line.rule}</th><td>${line.status}</td><td>${line.reason}</td><td>${
                  line.title === null ? '–' : pageLink(line.title, line.url)
                }${line.subjects > 1 && ' and others'}</td><td class="num plain" data-v="${line.subjects}">${count(line.subjects)}</td></tr>`,
            ),
        }),
        lines.length > MOST_UNJUDGED &&
          html`<p class="note">${count(lines.length - MOST_UNJUDGED)} more kinds; all of them: <code>report unjudged --format csv</code>.</p>`,
      ];

const mutedTable = (lines: ReportContent['muted']): Markup | null =>
  table({
    caption: 'Findings that somebody accepted, until when',
    heads: [
      { name: 'Reason', kind: 'wide' },
      { name: 'Accepted by' },
      { name: 'Until' },
      { name: 'Findings', kind: 'num' },
    ],
    rows: lines.map(
      ({ reason, by, until, findings }) =>
        html`<tr><th scope="row"><bdi>${reason}</bdi></th><td><bdi>${by}</bdi></td><td data-v="${until}">${dayMark(until)}</td><td class="num plain" data-v="${findings}">${count(findings)}</td></tr>`,
    ),
  });
