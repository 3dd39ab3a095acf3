import { SEVERITIES } from '../../domain/severity.ts';
import type { TrendPoint } from '../../store/report-content.ts';
import type { DrawChart } from './draw-chart.ts';
import { html, type Markup } from './markup.ts';
import { count, day } from '../wording.ts';

/** Open findings day by day, the gravest at the bottom. A line needs two days; before that it is said. */
export function trendChart(draw: DrawChart, { name, points }: { name: string; points: readonly TrendPoint[] }): Markup {
  const days = [...new Set(points.map((point) => point.day))].toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || first === last) {
    return figure(
      html`<p class="none">A trend needs two days of audits; there ${first === undefined ? 'is none' : 'is one'} yet.</p>`,
    );
  }
  const open = new Map(points.map((point) => [`${point.day} ${point.severity}`, point.open]));
  const at = (date: string, severity: string) => open.get(`${date} ${severity}`) ?? 0;
  const total = (date: string) => SEVERITIES.reduce((sum, severity) => sum + at(date, severity), 0);
  const shown = SEVERITIES.filter((severity) => points.some((point) => point.severity === severity && point.open > 0));
  const label = `Open findings: ${count(total(first))} on ${day(first)}, ${count(total(last))} on ${day(last)}.`;
  const drawing = draw({
    name,
    label,
    width: 380,
    height: 180,
    option: {
      grid: { left: 34, right: 12, top: 12, bottom: 26 },
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: days.map((date) => day(date).replace(/ \d{4}$/, '')),
        axisLine: { lineStyle: { color: 'var(--rule)' } },
        axisTick: { show: false },
        axisLabel: { color: 'var(--muted)', interval: Math.max(0, Math.ceil(days.length / 5) - 1), showMinLabel: true },
      },
      yAxis: {
        type: 'value',
        splitNumber: 3,
        minInterval: 1,
        axisLabel: { color: 'var(--muted)' },
        splitLine: { lineStyle: { color: 'var(--rule)' } },
      },
      series: shown.map((severity) => ({
        type: 'line',
        stack: 'open',
        showSymbol: false,
        data: days.map((date) => at(date, severity)),
        lineStyle: { width: 1, color: `var(--${severity})` },
        areaStyle: { color: `var(--${severity})`, opacity: 0.75 },
      })),
    },
  });
  return figure(html`${drawing}
    <ul class="legend">${shown.map((severity) => html`<li class="${severity}">${severity}</li>`)}</ul>`);
}

const figure = (body: Markup): Markup =>
  html`<figure><figcaption>Open findings by day <small>muted ones included</small></figcaption>${body}</figure>`;
