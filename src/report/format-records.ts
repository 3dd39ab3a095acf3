import { type Ink, NO_INK } from '../domain/ink.ts';
import { plainText } from '../domain/plain-text.ts';
import { painter } from './paint-cell.ts';
import { cellText, type ReportRows } from './report-rows.ts';
import { padText, textWidth, wrapText } from './text-layout.ts';

/** Rows one under the other, a line per column: what a wide view looks like on a narrow terminal. */
export function formatRecords({ columns, rows }: ReportRows, width: number, ink: Ink = NO_INK): string {
  const nameWidth = Math.max(0, ...columns.map(textWidth));
  const blocks = rows.map((row, index) => {
    const texts = columns.map((_, at) => plainText(cellText(row[at])));
    const paint = painter(columns, texts, undefined, ink);
    const lineOf = (name: string, at: number) =>
      wrapText(texts[at] ?? '', Math.max(20, width - nameWidth - 2))
        .map((line, nth) => `${padText(nth === 0 ? name : '', nameWidth)}  ${paint(line, at)}`.trimEnd())
        .join('\n');
    return [`── ${index + 1} of ${rows.length} ──`, ...columns.map(lineOf)].join('\n');
  });
  return `${blocks.join('\n\n') || 'No rows.'}\n`;
}
