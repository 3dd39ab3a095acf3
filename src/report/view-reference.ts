import type { ReportView } from '../store/report-views.ts';
import { VIEW_EXAMPLES } from './view-examples.ts';

interface ViewColumn {
  readonly name: string;
  /** As Postgres prints it. */
  readonly type: string;
  readonly meaning: string;
}

/** A view as its comments in the database describe it. */
export interface DescribedView {
  readonly name: ReportView;
  readonly about: string;
  /** In their order. */
  readonly columns: readonly ViewColumn[];
}

const HEAD = `# Views

<!-- Made from the comments in the database: \`vitest run test/report/view-reference.test.ts -u\` writes it anew. -->

Every view of the schema \`report\`, with its columns in their order, their types and what they mean, and one question to begin with.
The same words are comments in the database (\`\\d+ report.open_findings\` in psql). Within a major version columns are only added, at the end.
What the views are for, and who sees which rows: [reports.md](reports.md).`;

/** The reference of all views as Markdown, made from what the database says of itself. */
export function viewReference(views: readonly DescribedView[]): string {
  const finding = views.find(({ name }) => name === 'open_findings')?.columns ?? [];
  const index = views.map(({ name, about }) => `| [\`${name}\`](#${name}) | ${cell(about)} |`);
  return [
    HEAD,
    '',
    '| view | rows |',
    '|---|---|',
    ...index,
    '',
    '## A finding',
    '',
    'These columns stand in every view of findings and mean the same there, unless the view says otherwise.',
    '',
    ...table(finding),
    ...views.flatMap((view) => ['', ...section(view, finding)]),
    '',
  ].join('\n');
}

function section({ name, about, columns }: DescribedView, finding: readonly ViewColumn[]): string[] {
  const { asks, query } = VIEW_EXAMPLES[name];
  return [`## ${name}`, '', about, '', ...columnsOf(columns, finding), '', asks, '', '```sql', query.trim(), '```'];
}

/** What a finding has is not told again; where the rest stands is told by the order of all. */
function columnsOf(columns: readonly ViewColumn[], finding: readonly ViewColumn[]): string[] {
  if (!finding.every(({ name }) => columns.some((column) => column.name === name))) return table(columns);
  const own = columns.filter((column) => !finding.some((shared) => same(shared, column)));
  if (own.length === 0) return ['The columns of [a finding](#a-finding).'];
  const order = columns.map(({ name }) => `\`${name}\``).join(', ');
  return ['The columns of [a finding](#a-finding), and:', '', ...table(own), '', `Their order: ${order}.`];
}

const table = (columns: readonly ViewColumn[]): string[] => [
  '| column | type | meaning |',
  '|---|---|---|',
  ...columns.map(({ name, type, meaning }) => `| \`${name}\` | ${type} | ${cell(meaning)} |`),
];

const same = (one: ViewColumn, other: ViewColumn): boolean =>
  one.name === other.name && one.type === other.type && one.meaning === other.meaning;

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
