import { type Ink, NO_INK } from '../domain/ink.ts';
import { plainText } from '../domain/plain-text.ts';
import { essentialColumns } from './essential-columns.ts';
import { formatRecords } from './format-records.ts';
import { type Paint, painter } from './paint-cell.ts';
import { cellText, type ReportRows } from './report-rows.ts';
import { padText, shortened, textWidth, wrapText } from './text-layout.ts';

/** A column is not pressed below this; where that is not enough, columns are left out or rows printed one under the other. */
const NARROWEST = 10;
/** A border and two blanks per column, and the last border. */
const FRAME_PER_COLUMN = 3;
/** A cell of more lines than these is shortened on a terminal. */
const MOST_LINES = 6;

/**
 * A table of at most `width` terminal cells (`null`: as wide as it needs), safe to print whatever the cells hold. On a terminal long cells end with
 * an ellipsis, and where not all columns fit those that matter most are shown and the others named.
 */
export function formatTable(report: ReportRows, width: number | null, ink: Ink = NO_INK): string {
  const drawn = drawTable(report, width, ink);
  if (drawn !== null) return drawn;
  for (const columns of essentialColumns(report)) {
    const part = drawTable(columns.report, width, ink);
    if (part !== null) {
      const note = `Not shown: ${columns.hidden.join(', ')}. --format json has every column.`;
      return `${part}${wrapText(note, width ?? Infinity).join('\n')}\n`;
    }
  }
  return formatRecords(report, width ?? Infinity, ink);
}

function drawTable(report: ReportRows, width: number | null, ink: Ink): string | null {
  const texts = [report.columns, ...report.rows].map((row) => row.map((value) => plainText(cellText(value))));
  const natural = report.columns.map((_, column) => widest(texts.map((row) => row[column] ?? '')));
  const widths = width === null ? natural : fittedWidths(natural, width - FRAME_PER_COLUMN * natural.length - 1);
  if (widths === null) return null;

  const most = width === null ? Infinity : MOST_LINES;
  const [head = [], ...rows] = texts.map((row, index) =>
    rowLines(row, {
      widths,
      most,
      paint: index === 0 ? null : painter(report.columns, row, report.addresses?.[index - 1], ink),
    }),
  );
  const frame = (left: string, between: string, right: string) =>
    `${left}${widths.map((cells) => '─'.repeat(cells + 2)).join(between)}${right}`;
  return [
    frame('┌', '┬', '┐'),
    ...head,
    frame('├', '┼', '┤'),
    ...rows.flat(),
    frame('└', '┴', '┘'),
    ...(rows.length === 0 ? ['No rows.'] : []),
    '',
  ].join('\n');
}

interface Layout {
  readonly widths: readonly number[];
  readonly most: number;
  readonly paint: Paint | null;
}

/** One row as the lines it takes when every cell is wrapped to its column. */
function rowLines(row: readonly string[], { widths, most, paint }: Layout): string[] {
  const cells = widths.map((cellWidth, column) =>
    shortened(wrapText(row[column] ?? '', cellWidth), { most, width: cellWidth }),
  );
  const height = Math.max(...cells.map((lines) => lines.length));
  const cell = (text: string, column: number) => {
    const padding = padText(text, widths[column] ?? 0).slice(text.length);
    return `${paint === null ? text : paint(text, column)}${padding}`;
  };
  return Array.from(
    { length: height },
    (_, line) => `│ ${cells.map((lines, column) => cell(lines[line] ?? '', column)).join(' │ ')} │`,
  );
}

const widest = (texts: readonly string[]): number =>
  texts.flatMap((text) => text.split('\n')).reduce((most, line) => Math.max(most, textWidth(line)), 1);

/** The natural widths with the widest columns pressed until all fit; `null` where even the narrowest do not. */
function fittedWidths(natural: readonly number[], available: number): readonly number[] | null {
  for (let cap = Math.max(NARROWEST, ...natural); cap >= NARROWEST; cap -= 1) {
    const widths = natural.map((wanted) => Math.min(wanted, cap));
    if (widths.reduce((sum, next) => sum + next, 0) <= available) return widths;
  }
  return null;
}
