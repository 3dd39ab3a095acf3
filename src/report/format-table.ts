import Table from 'cli-table3';
import { plainText } from '../domain/plain-text.ts';
import { formatRecords } from './format-records.ts';
import { cellText, type ReportRows } from './report-rows.ts';
import { textWidth, wrapText } from './text-layout.ts';

/** A column is not pressed below this; where that is not enough, rows are printed one under the other. */
const NARROWEST = 10;
/** A border and two blanks per column, and the last border. */
const FRAME_PER_COLUMN = 3;

/** A table of at most `width` terminal cells (`null`: as wide as it needs), safe to print whatever the cells hold. */
export function formatTable(report: ReportRows, width: number | null): string {
  const lines = [report.columns, ...report.rows].map((row) => row.map((value) => plainText(cellText(value))));
  const natural = report.columns.map((_, column) => Math.max(...lines.map((row) => widestLine(row[column] ?? ''))));
  const widths = width === null ? natural : fittedWidths(natural, width - FRAME_PER_COLUMN * natural.length - 1);
  if (widths === null) return formatRecords(report, width ?? Infinity);

  const wrapped = lines.map((row) => row.map((text, column) => wrapText(text, widths[column] ?? NARROWEST).join('\n')));
  const table = new Table({
    head: wrapped[0] ?? [],
    colWidths: widths.map((content) => content + 2),
    style: { head: [], border: [] },
    // No rule between rows: a blank of the first column never hides where a row starts, and a screen holds twice as many.
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  table.push(...wrapped.slice(1));
  const footer = report.rows.length === 0 ? 'No rows.\n' : '';
  return `${table.toString()}\n${footer}`;
}

const widestLine = (text: string): number => Math.max(1, ...text.split('\n').map(textWidth));

/** The natural widths with the widest columns pressed until all fit; `null` where even the narrowest do not. */
function fittedWidths(natural: readonly number[], available: number): readonly number[] | null {
  for (let cap = Math.max(...natural); cap >= NARROWEST; cap -= 1) {
    const widths = natural.map((wanted) => Math.min(wanted, cap));
    if (widths.reduce((sum, next) => sum + next, 0) <= available) return widths;
  }
  return null;
}
