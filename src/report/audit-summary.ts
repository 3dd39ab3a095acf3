import type { AuditResult, Coverage } from '../domain/audit-result.ts';
import { type Ink, NO_INK } from '../domain/ink.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { formatTable } from './format-table.ts';
import { safeJson } from './report-rows.ts';
import { RUN_COLUMNS, runCells, runObject } from './run-columns.ts';

/** What `audit` prints on stdout: one array of objects, an object per tenant. */
export function auditSummaryJson(results: readonly AuditResult[]): string {
  const rows = results.map((result) => ({
    ...runObject(result),
    coverage: {
      spaces_seen: result.coverage.spacesSeen,
      spaces_total: result.coverage.spacesTotal,
      percent: result.coverage.percent,
    },
    findings: result.findings,
    findings_new: result.findingsNew,
    findings_resolved: result.findingsResolved,
    writes: {
      planned: result.writesPlanned,
      done: result.writesDone,
      deferred: result.writesDeferred,
      refused_because: result.refusedBecause,
    },
    mutes_unused: result.mutesUnused,
    requests: result.requests,
    estimated_requests: estimated(result)?.requests ?? null,
    estimated_points: estimated(result)?.points ?? null,
    throttled: result.throttled,
    waited_seconds: result.waitedSeconds,
    seconds: result.seconds,
    pages_seen: result.pagesSeen,
    pages_changed: result.pagesChanged,
  }));
  return `${safeJson(rows, 2)}\n`;
}

/** The same for people. */
export function auditSummaryTable(results: readonly AuditResult[], width: number | null, ink: Ink = NO_INK): string {
  return formatTable(
    {
      columns: [...RUN_COLUMNS, 'coverage', 'findings', 'writes', 'requests'],
      rows: results.map((result) => [
        ...runCells(result),
        coverageText(result.coverage),
        findingsText(result),
        `${result.writesDone} of ${result.writesPlanned}`,
        result.requests,
      ]),
    },
    width,
    ink,
  );
}

/** A lower bound is no estimate that the truth could be held against. */
const estimated = ({ estimate }: AuditResult) => (estimate === null || estimate.countedBy === null ? null : estimate);

function coverageText({ percent, spacesSeen, spacesTotal }: Coverage): string {
  if (percent === null) return 'unknown';
  // Rounded down: 99.6 % is not everything.
  return `${Math.floor(percent)}% (${spacesSeen}/${spacesTotal} spaces)`;
}

export function findingsText({ findings }: Pick<AuditResult, 'findings'>): string {
  const counted = SEVERITIES.filter((severity) => findings[severity] > 0);
  return counted.map((severity) => `${findings[severity]} ${severity}`).join(', ') || 'none';
}
