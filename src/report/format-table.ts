import { plainText } from '../domain/plain-text.ts';
import { formatRecords } from './format-records.ts';
import { cellText, type ReportRows } from './report-rows.ts';
import { padText, textWidth, wrapText } from './text-layout.ts';

/** A column is not pressed below this; where that is not enough, rows are printed one under the other. */
const NARROWEST = 10;
/** A border and two blanks per column, and the last border. */
const FRAME_PER_COLUMN = 3;

/** A table of at most `width` terminal cells (`null`: as wide as it needs), safe to print whatever the cells hold. */
export function formatTable(report: ReportRows, width: number | null): string {
  const texts = [report.columns, ...report.rows].map((row) => row.map((value) => plainText(cellText(value))));
  const natural = report.columns.map((_, column) => widest(texts.map((row) => row[column] ?? '')));
  const widths = width === null ? natural : fittedWidths(natural, width - FRAME_PER_COLUMN * natural.length - 1);
  if (widths === null) return formatRecords(report, width ?? Infinity);

  const [head = [], ...rows] = texts.map((row) => rowLines(row, widths));
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

/** One row as the lines it takes when every cell is wrapped to its column. */
function rowLines(row: readonly string[], widths: readonly number[]): string[] {
  const cells = widths.map((cellWidth, column) => wrapText(row[column] ?? '', cellWidth));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from(
    { length: height },
    (_, line) => `│ ${cells.map((lines, column) => padText(lines[line] ?? '', widths[column] ?? 0)).join(' │ ')} │`,
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
