import { type Ink, NO_INK } from '../domain/ink.ts';
import { formatCsv } from './format-csv.ts';
import { formatJson } from './format-json.ts';
import { formatMarkdown } from './format-markdown.ts';
import { formatNdjson } from './format-ndjson.ts';
import { formatTable } from './format-table.ts';
import type { ReportRows } from './report-rows.ts';

/** Every way to print rows, by its name on the command line; `width` and `ink` matter to the table alone. */
const FORMATS = {
  table: formatTable,
  json: formatJson,
  ndjson: formatNdjson,
  csv: formatCsv,
  md: formatMarkdown,
} as const satisfies Record<string, (report: ReportRows, width: number | null, ink: Ink) => string>;

export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];

/** The rows in one of the formats. `width`: cells of the terminal, `null` where the output is none; `ink`: what it shows beside letters. */
export const formatRows = (report: ReportRows, format: Format, width: number | null, ink: Ink = NO_INK): string =>
  FORMATS[format](report, width, ink);
