import { type ReportRows, rowObject, safeJson } from './report-rows.ts';

/** One array of row objects, so that `jq '.[]'` walks it. */
export function formatJson(report: ReportRows): string {
  const objects = report.rows.map((row) => rowObject(report, row));
  return `${safeJson(objects, 2)}\n`;
}
