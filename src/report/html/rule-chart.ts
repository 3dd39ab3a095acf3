import { rank, SEVERITIES, type Severity } from '../../domain/severity.ts';
import type { DrawChart } from './draw-chart.ts';
import { html, type Markup } from './markup.ts';
import { bySeverityText, count } from '../wording.ts';

interface RuleCount {
  readonly rule: string;
  readonly severity: Severity;
  readonly open: number;
}

const MOST = 8;

/** Open findings by rule, the rule with the gravest and most first. */
export function ruleChart(draw: DrawChart, { name, counts }: { name: string; counts: readonly RuleCount[] }): Markup {
  const rules = rulesByWeight(counts);
  const caption = html`<figcaption>Open findings by rule</figcaption>`;
  if (rules.length === 0) return html`<figure>${caption}<p class="none">No finding is open.</p></figure>`;
  const shown = rules.slice(0, MOST);
  const of = (rule: string, severity: Severity) =>
    counts.filter((one) => one.rule === rule && one.severity === severity).reduce((all, { open }) => all + open, 0);
  const severities = SEVERITIES.filter((severity) => shown.some((rule) => of(rule, severity) > 0));
  const totals = shown.map((rule) => severities.reduce((all, severity) => all + of(rule, severity), 0));
  const label = `Open findings by rule: ${shown
    .map(
      (rule) =>
        `${rule} ${bySeverityText(Object.fromEntries(severities.map((severity) => [severity, of(rule, severity)])))}`,
    )
    .join('; ')}.`;
  const drawing = draw({
    name,
    label,
    width: 380,
    height: 21 * shown.length + 12,
    option: {
      grid: { left: 172, right: 36, top: 6, bottom: 6 },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: shown,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: 'var(--ink)', interval: 0 },
      },
      series: severities.map((severity, index) => ({
        type: 'bar',
        stack: 'open',
        barCategoryGap: '36%',
        data: shown.map((rule) => of(rule, severity)),
        itemStyle: { color: `var(--${severity})` },
        label: {
          show: index === severities.length - 1,
          position: 'right',
          color: 'var(--ink)',
          textBorderWidth: 0,
          formatter: ({ dataIndex }: { dataIndex: number }) => count(totals[dataIndex] ?? 0),
        },
      })),
    },
  });
  const more = rules.length - shown.length;
  return html`<figure>${caption}${drawing}
    <ul class="legend">${severities.map((severity) => html`<li class="${severity}">${severity}</li>`)}</ul>
    ${more > 0 && html`<p class="note">${count(more)} more rules have findings; the tables have them all.</p>`}</figure>`;
}

/** The rules that have findings: those with the gravest first, among equals those with the most. */
export function rulesByWeight(counts: readonly RuleCount[]): readonly string[] {
  const weights = new Map<string, { worst: number; open: number }>();
  for (const { rule, severity, open } of counts) {
    const { worst, open: before } = weights.get(rule) ?? { worst: SEVERITIES.length, open: 0 };
    weights.set(rule, { worst: Math.min(worst, rank(severity)), open: before + open });
  }
  return [...weights.entries()]
    .toSorted(([a, x], [b, y]) => x.worst - y.worst || y.open - x.open || (a < b ? -1 : 1))
    .map(([rule]) => rule);
}
