import { plainLine } from '../domain/plain-text.ts';
import { cellText, type ReportRows } from './report-rows.ts';

/** A Markdown table in which every cell is plain text: no link, image, HTML or mark-up of a title takes effect. */
export function formatMarkdown({ columns, rows }: ReportRows): string {
  const lines = [
    columns,
    columns.map(() => '---'),
    ...rows.map((row) => row.map((value) => escapedMarkdown(cellText(value)))),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** Text in which no mark means anything, also inside a table cell. https://spec.commonmark.org/0.31.2/#backslash-escapes */
export const escapedMarkdown = (text: string): string =>
  plainLine(text)
    .replace(/[\\`*_[\]<>|~#!$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/(?<=^|[^\w])@(?=\w)/g, '@\u200b')
    .trim();
