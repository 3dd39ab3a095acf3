import type { ReportContent, TenantLine } from '../../store/report-content.ts';
import { unseenOf } from '../unseen.ts';
import { count } from '../wording.ts';
import { ageChart } from './age-chart.ts';
import type { DrawChart } from './draw-chart.ts';
import { figures } from './figures.ts';
import { anchorOf, dayMark, numberCell, shareCell, stateMark } from './marks.ts';
import { html, type Markup, type Part } from './markup.ts';
import { ruleChart } from './rule-chart.ts';
import { table } from './tables.ts';
import { totalsOf } from './totals.ts';
import { trendChart } from './trend-chart.ts';
import { unseenNotice } from './unseen-notice.ts';

/** The fleet at a glance: its figures, what was not seen of whom, and a row for every tenant. */
export function fleetPage(content: ReportContent, draw: DrawChart): Markup {
  const totals = totalsOf(content.tenants);
  const share = totals.runbooks === 0 ? null : totals.healthy / totals.runbooks;
  const gaps = gapsOf(content);
  return html`<section class="sheet" id="fleet" aria-labelledby="fleet-name">
    <header><h2 id="fleet-name">Fleet</h2></header>
    ${figures(totals, { share, before: null })}
    ${unseenNotice(gaps, gaps.length === 0)}
    <div class="charts">${trendChart(draw, { name: 'fleet-trend', points: content.trend.filter(({ tenantId }) => tenantId === null) })}${ageChart(draw, { name: 'fleet-age', ages: content.ages })}${ruleChart(draw, { name: 'fleet-rules', counts: content.fleetCounts })}</div>
    <section id="tenants"><h3>Tenants</h3>${tenantsTable(content)}</section>
  </section>`;
}

const MOST_GAPS = 20;

function gapsOf({ tenants, chosen, spaces }: ReportContent): Part[] {
  const gaps = tenants.flatMap((tenant) => {
    const known = [
      ...unseenOf(
        tenant,
        spaces.filter(({ tenantId }) => tenantId === tenant.id),
      ),
    ];
    // The spaces of a tenant without a page were not read.
    if (!chosen.includes(tenant.id) && tenant.coverage !== null && tenant.coverage < 100)
      known.push(`${tenant.coverage} % of the known pages in scope were seen.`);
    return known.length === 0 ? [] : [html`<strong>${tenantLink(tenant.id, chosen)}</strong>: ${known.join(' ')}`];
  });
  const left = gaps.length - MOST_GAPS;
  return left <= 0 ? gaps : [...gaps.slice(0, MOST_GAPS), `${count(left)} more tenants were not seen in full.`];
}

const tenantLink = (id: string, chosen: readonly string[]): Part =>
  chosen.includes(id) ? html`<a href="#${anchorOf(id)}">${id}</a>` : id;

function tenantsTable({ tenants, chosen }: ReportContent): Part {
  const left = tenants.length - chosen.length;
  return [
    table({
      caption: 'Tenants: state, score and open findings',
      heads: [
        { name: 'Tenant' },
        { name: 'Latest audit' },
        { name: 'Coverage', kind: 'num' },
        { name: 'Healthy runbooks' },
        { name: 'Critical', kind: 'num' },
        { name: 'High', kind: 'num' },
        { name: 'Medium', kind: 'num' },
        { name: 'Low', kind: 'num' },
        { name: 'New', kind: 'num' },
        { name: 'Not judged', kind: 'num' },
        { name: 'Last in full' },
      ],
      rows: tenants.map((tenant) => tenantRow(tenant, chosen)),
    }),
    left > 0 &&
      html`<p class="note">${count(left)} tenants have no page of their own here, which goes to those with the gravest findings. The page of any: <code>report --tenant ID --format html</code>.</p>`,
  ];
}

/** Of a tenant that no audit has looked at nothing is known, so no number is shown of it. */
function tenantRow(tenant: TenantLine, chosen: readonly string[]): Markup {
  const { id, asOf, reason, coverage, lastSuccessAt } = tenant;
  const known = (value: number) => (asOf === null ? null : value);
  return html`<tr><th scope="row">${tenantLink(id, chosen)}</th><td>${stateMark(tenant)}${reason !== null && html` <small>${reason}</small>`}</td><td class="num plain" data-v="${
    coverage ?? -1
  }">${coverage === null ? '–' : `${coverage} %`}</td>${shareCell(tenant.share, tenant.shareThen)}${SHOWN.map(
    (severity) => numberCell(known(tenant[severity]), severity),
  )}${numberCell(known(tenant.fresh))}${numberCell(known(tenant.unjudged))}<td data-v="${lastSuccessAt ?? ''}">${
    lastSuccessAt === null ? html`<span class="state bad">never</span>` : dayMark(lastSuccessAt)
  }</td></tr>`;
}

const SHOWN = ['critical', 'high', 'medium', 'low'] as const;
