import { type ReportRows, rowObject, safeJson } from './report-rows.ts';

/** One row object per line; nothing at all for no rows. */
export function formatNdjson(report: ReportRows): string {
  return report.rows.map((row) => `${safeJson(rowObject(report, row))}\n`).join('');
}
