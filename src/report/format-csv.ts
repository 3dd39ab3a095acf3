import { withoutControls } from '../domain/plain-text.ts';
import { cellText, type ReportRows } from './report-rows.ts';

/** RFC 4180 with every cell quoted; no cell of text can start a formula in a spreadsheet. */
export function formatCsv({ columns, rows }: ReportRows): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

const csvCell = (value: unknown): string => {
  // A number cannot carry a formula, and a quote mark in front would turn -3 into text.
  const text =
    typeof value === 'number' || typeof value === 'bigint'
      ? String(value)
      : withoutFormula(withoutControls(cellText(value)));
  return `"${text.replaceAll('"', '""')}"`;
};

/**
 * Spreadsheets take a line for a formula by its first character that is not blank, also inside a quoted cell; a leading
 * apostrophe makes it text. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA_LINE = /^(?:[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

function withoutFormula(text: string): string {
  if (FORMULA_LINE.test(text)) return `'${guardedLines(text)}`;
  return guardedLines(text);
}

const guardedLines = (text: string): string =>
  text.replace(/(\r\n?|\n)([^\r\n]+)/g, (_, lineBreak: string, line: string) =>
    FORMULA_LINE.test(line) ? `${lineBreak}'${line}` : `${lineBreak}${line}`,
  );
