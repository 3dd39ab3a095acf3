import { plainText } from '../domain/plain-text.ts';
import { cellText, type ReportRows } from './report-rows.ts';
import { padText, textWidth, wrapText } from './text-layout.ts';

/** Rows one under the other, a line per column: what a wide view looks like on a narrow terminal. */
export function formatRecords({ columns, rows }: ReportRows, width: number): string {
  const nameWidth = Math.max(0, ...columns.map(textWidth));
  const lineOf = (name: string, value: unknown) => {
    const lines = wrapText(plainText(cellText(value)), Math.max(20, width - nameWidth - 2));
    return lines.map((line, index) => `${padText(index === 0 ? name : '', nameWidth)}  ${line}`.trimEnd()).join('\n');
  };
  const blocks = rows.map((row, index) => {
    const title = `── ${index + 1} of ${rows.length} ──`;
    return [title, ...columns.map((column, at) => lineOf(column, row[at]))].join('\n');
  });
  return `${blocks.join('\n\n') || 'No rows.'}\n`;
}
