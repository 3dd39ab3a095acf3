import type { ReportContent, TenantLine } from '../../store/report-content.ts';
import { INVISIBLE, unseenOf } from '../unseen.ts';
import { count } from '../wording.ts';
import type { DrawChart } from './draw-chart.ts';
import { figures } from './figures.ts';
import { anchorOf, dayMark, numberCell, shareCell, stateMark } from './marks.ts';
import { html, type Markup, type Part } from './markup.ts';
import { ruleChart } from './rule-chart.ts';
import { notice, table } from './tables.ts';
import { totalsOf } from './totals.ts';
import { trendChart } from './trend-chart.ts';

/** The fleet at a glance: its figures, what was not seen of whom, and a row for every tenant. */
export function fleetPage(content: ReportContent, draw: DrawChart): Markup {
  const totals = totalsOf(content.tenants);
  const share = totals.runbooks === 0 ? null : totals.healthy / totals.runbooks;
  return html`<section class="sheet" id="fleet" aria-labelledby="fleet-name">
    <header><h2 id="fleet-name">Fleet</h2></header>
    ${figures(totals, { share, then: null })}
    ${notice('What was not seen', gapsOf(content), { level: 3 })}
    <div class="charts">${trendChart(draw, { name: 'fleet-trend', points: content.trend.filter(({ tenantId }) => tenantId === null) })}${ruleChart(draw, { name: 'fleet-rules', counts: content.fleetCounts })}</div>
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
    return known.length === 0 ? [] : [html`<strong>${tenantLink(tenant, chosen)}</strong>: ${known.join(' ')}`];
  });
  const left = gaps.length - MOST_GAPS;
  return [
    ...gaps.slice(0, MOST_GAPS),
    ...(left > 0 ? [`${count(left)} more tenants were not seen in full.`] : []),
    ...(gaps.length === 0 ? ['Every space in scope was walked to its end, and every rule came to a verdict.'] : []),
    INVISIBLE,
  ];
}

const tenantLink = ({ id }: TenantLine, chosen: readonly string[]): Part =>
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

const tenantRow = (tenant: TenantLine, chosen: readonly string[]): Markup =>
  html`<tr><th scope="row">${tenantLink(tenant, chosen)}</th><td>${stateMark(tenant)}${
    tenant.reason !== null && html` <small>${tenant.reason}</small>`
  }</td><td class="num" data-v="${tenant.coverage ?? -1}">${tenant.coverage === null ? '–' : `${tenant.coverage} %`}</td>${shareCell(tenant.share, tenant.shareThen)}${numberCell(
    tenant.critical,
    'critical',
  )}${numberCell(tenant.high, 'high')}${numberCell(tenant.medium, 'medium')}${numberCell(tenant.low, 'low')}${numberCell(tenant.fresh)}${numberCell(
    tenant.unjudged,
  )}<td data-v="${tenant.lastSuccessAt ?? ''}">${tenant.lastSuccessAt === null ? html`<span class="state bad">never</span>` : dayMark(tenant.lastSuccessAt)}</td></tr>`;
