import type { WriteResult } from '../domain/write-result.ts';
import { formatTable } from './format-table.ts';
import { safeJson } from './report-rows.ts';
import { RUN_COLUMNS, runCells, runObject } from './run-columns.ts';

/** What `apply` and `undo` print on stdout: one array of objects, an object per tenant. */
export function writeSummaryJson(results: readonly WriteResult[]): string {
  const rows = results.map((result) => ({
    ...runObject(result),
    writes: { done: result.done, skipped: result.skipped, refused: result.refused, unknown: result.unknown },
    stays: result.stays.map(({ pageTitle, action, why }) => ({ page_title: pageTitle, action, why })),
    requests: result.requests,
    seconds: result.seconds,
  }));
  return `${safeJson(rows, 2)}\n`;
}

/** The same for people, with what could not be taken back below. */
export function writeSummaryTable(results: readonly WriteResult[], width: number | null): string {
  const table = formatTable(
    {
      columns: [...RUN_COLUMNS, 'done', 'skipped', 'refused', 'unknown', 'requests'],
      rows: results.map((result) => [
        ...runCells(result),
        result.done,
        result.skipped,
        result.refused,
        result.unknown,
        result.requests,
      ]),
    },
    width,
  );
  const details = results.filter(({ detail }) => detail !== null);
  const stays = results.flatMap((result) => result.stays);
  return [
    table,
    details.length === 0
      ? ''
      : formatTable(
          { columns: ['tenant_id', 'detail'], rows: details.map(({ tenantId, detail }) => [tenantId, detail]) },
          width,
        ),
    stays.length === 0
      ? ''
      : `What stays:\n${formatTable({ columns: ['page', 'action', 'why'], rows: stays.map((stay) => [stay.pageTitle, stay.action, stay.why]) }, width)}`,
  ].join('');
}
