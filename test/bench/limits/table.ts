import { crawl, type Figures, type MakeManner, type Scenario } from './crawl.ts';

export interface Row {
  readonly used: number;
  readonly leastUsed: number;
  readonly refused: number;
  readonly mostRefused: number;
  readonly figures: readonly Figures[];
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const usedOf = ({ served, permitted }: Figures): number => (100 * served) / permitted;
const refusedOf = ({ served, refused }: Figures): number => (100 * refused) / Math.max(1, served + refused);

/** One manner in one scenario with seeds from 1 on: the median, and the worst seed. */
export async function measure(scenario: Scenario, manner: () => MakeManner, seeds: number): Promise<Row> {
  const figures: Figures[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) figures.push(await crawl(scenario, manner(), seed));
  const used = figures.map(usedOf);
  const refused = figures.map(refusedOf);
  return {
    used: median(used),
    leastUsed: Math.min(...used),
    refused: median(refused),
    mostRefused: Math.max(...refused),
    figures,
  };
}

export const HEADINGS = [
  'scenario',
  'client',
  'permitted',
  'used %',
  'worst',
  '429 %',
  'worst',
  'epochs',
  'longest stall s',
  's to 90 % after a step',
];

/** A row of a Markdown table. */
export const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export function cellsOf(scenario: string, client: string, { figures, ...row }: Row): string[] {
  const steps = figures[0]?.recoveredAfter.map((_, step) => recovered(figures, step)) ?? [];
  return [
    scenario,
    client,
    String(Math.round(figures[0]?.permitted ?? 0)),
    row.used.toFixed(1),
    row.leastUsed.toFixed(1),
    row.refused.toFixed(2),
    row.mostRefused.toFixed(2),
    String(median(figures.map(({ epochs }) => epochs))),
    (median(figures.map(({ longestStallMs }) => longestStallMs)) / 1_000).toFixed(1),
    steps.length === 0 ? '-' : steps.join(', '),
  ];
}

function recovered(figures: readonly Figures[], step: number): string {
  const seconds = figures.map(({ recoveredAfter }) => recoveredAfter[step] ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(median(seconds)) ? String(median(seconds)) : 'never';
}
