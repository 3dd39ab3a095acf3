import { rank, type Severity } from '../../domain/severity.ts';
import type { FindingCount } from '../../store/report-content.ts';
import { count } from '../wording.ts';
import { numberCell, severityCell } from './marks.ts';
import { html, type Markup } from './markup.ts';
import { rulesByWeight } from './rule-chart.ts';
import { table } from './tables.ts';

const MOST_SPACES = 9;

/** Open findings of each rule in each space; the spaces with fewest stand together where there are many. */
export function ruleMatrix(counts: readonly FindingCount[]): Markup | null {
  const perSpace = new Map<string | null, number>();
  for (const { space, open } of counts) perSpace.set(space, (perSpace.get(space) ?? 0) + open);
  const keys = [...perSpace.entries()]
    .flatMap(([key, open]) => (key === null ? [] : [{ key, open }]))
    .toSorted((a, b) => b.open - a.open || (a.key < b.key ? -1 : 1))
    .map(({ key }) => key);
  const shown = keys.length > MOST_SPACES ? keys.slice(0, MOST_SPACES - 1) : keys;
  const columns: { name: string; has: (space: string | null) => boolean }[] = [
    ...shown.map((key) => ({ name: key, has: (space: string | null) => space === key })),
    ...(shown.length < keys.length
      ? [
          {
            name: `${count(keys.length - shown.length)} others`,
            has: (space: string | null) => space !== null && !shown.includes(space),
          },
        ]
      : []),
    ...(perSpace.has(null) ? [{ name: 'no space', has: (space: string | null) => space === null }] : []),
  ];
  const rows = rulesByWeight(counts).map((rule) => {
    const own = counts.filter((one) => one.rule === rule);
    const worst = worstOf(own);
    return html`<tr><th scope="row">${rule}</th>${severityCell(worst)}${columns.map(({ has }) => {
      const here = own.filter(({ space }) => has(space));
      return numberCell(sum(here), here.length === 0 ? 'plain' : worstOf(here));
    })}${numberCell(sum(own))}</tr>`;
  });
  return table({
    caption: 'Open findings by rule and space',
    kind: 'tight',
    heads: [
      { name: 'Rule' },
      { name: 'Worst' },
      ...columns.map(({ name }) => ({ name, kind: 'num' as const })),
      { name: 'All', kind: 'num' },
    ],
    rows,
  });
}

const sum = (counts: readonly FindingCount[]): number => counts.reduce((all, { open }) => all + open, 0);
const worstOf = (counts: readonly FindingCount[]): Severity =>
  counts.map(({ severity }) => severity).reduce((a, b) => (rank(a) <= rank(b) ? a : b), 'info');
