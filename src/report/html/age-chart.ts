import { AGE_EDGES, type AgeCount } from '../../store/report-content.ts';
import type { DrawChart } from './draw-chart.ts';
import { html, type Markup } from './markup.ts';
import { count, counted } from '../wording.ts';

const NAMES = [
  'under 30 days',
  '30 to 89 days',
  '90 to 179 days',
  '180 days to a year',
  '1 to 2 years',
  'over 2 years',
];
const SHORT = ['< 30 d', '30–89 d', '90–179 d', '½–1 y', '1–2 y', '> 2 y'];

/** How long ago somebody last made sure of each runbook. */
export function ageChart(draw: DrawChart, { name, ages }: { name: string; ages: readonly AgeCount[] }): Markup {
  const runbooks = Array.from({ length: AGE_EDGES.length + 1 }, (_, bucket) =>
    sum(ages.filter((age) => age.bucket === bucket)),
  );
  const unknown = sum(ages.filter((age) => age.bucket === null));
  const note = unknown === 0 ? '' : ` Not known of ${count(unknown)}.`;
  const caption = html`<figcaption>Age of runbooks <small>since last confirmed</small></figcaption>`;
  if (sum(ages) === 0) return html`<figure>${caption}<p class="none">No page is a runbook here.</p></figure>`;
  const label = `${counted(sum(ages), 'runbook')} by age: ${runbooks.map((all, bucket) => `${count(all)} ${NAMES[bucket] ?? ''}`).join(', ')}.${note}`;
  const drawing = draw({
    name,
    label,
    width: 380,
    height: 180,
    option: {
      grid: { left: 8, right: 8, top: 24, bottom: 26 },
      xAxis: {
        type: 'category',
        data: SHORT,
        axisLine: { lineStyle: { color: 'var(--rule)' } },
        axisTick: { show: false },
        axisLabel: { color: 'var(--muted)', interval: 0 },
      },
      yAxis: { type: 'value', show: false },
      series: [
        {
          type: 'bar',
          barCategoryGap: '28%',
          data: runbooks.map((value, bucket) => ({ value, itemStyle: { color: `var(--age-${bucket})` } })),
          label: { show: true, position: 'top', color: 'var(--ink)', textBorderWidth: 0 },
        },
      ],
    },
  });
  return html`<figure>${caption}${drawing}${note === '' ? null : html`<p class="note">${note.trim()}</p>`}</figure>`;
}

const sum = (ages: readonly AgeCount[]): number => ages.reduce((all, { runbooks }) => all + runbooks, 0);
