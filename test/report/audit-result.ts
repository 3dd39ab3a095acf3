import type { AuditResult } from '../../src/domain/audit-result.ts';
import type { BySeverity } from '../../src/domain/severity.ts';

export const bySeverity = (some: Partial<BySeverity> = {}): BySeverity => ({
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  info: 0,
  ...some,
});

/** A quiet, complete audit with what a test wants otherwise. */
export const auditResult = (some: Partial<AuditResult> = {}): AuditResult => ({
  tenantId: 'acme',
  runId: '0195e0a0-0000-7000-8000-000000000001',
  planId: null,
  outcome: 'complete',
  reason: null,
  detail: null,
  errorCode: null,
  resumeInSeconds: null,
  coverage: { spacesSeen: 3, spacesTotal: 3, percent: 100 },
  findings: bySeverity(),
  findingsNew: bySeverity(),
  findingsResolved: 0,
  writesPlanned: 0,
  writesDone: 0,
  writesDeferred: 0,
  refusedBecause: null,
  mutesUnused: 0,
  requests: 40,
  estimate: null,
  throttled: 0,
  waitedSeconds: 0,
  seconds: 1.25,
  pagesSeen: 120,
  pagesChanged: 0,
  ...some,
});
