import type { AuditResult } from '../domain/audit-result.ts';
import { ERRORS } from '../domain/errors.ts';
import { coloured, type Ink, NO_INK } from '../domain/ink.ts';
import { plainLine } from '../domain/plain-text.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { findingsText } from './audit-summary.ts';

const count = (value: number): string => value.toLocaleString('en-US');
const withRemedy = (detail: string, code: AuditResult['errorCode']): string =>
  code === null ? detail : `${detail} ${ERRORS[code].hint}`;
const total = (bySeverity: AuditResult['findings']): number =>
  SEVERITIES.reduce((sum, severity) => sum + bySeverity[severity], 0);

/** The end of an audit for people: a small tree per tenant, then all of them in one line. */
export function auditTree(results: readonly AuditResult[], ink: Ink = NO_INK): string {
  return [...results.map((result) => tenantTree(result, ink)), totals(results)].join('\n\n').concat('\n');
}

function tenantTree(result: AuditResult, ink: Ink): string {
  const { coverage, tenantId, outcome, reason, detail, seconds } = result;
  const because = reason === null ? '' : ` (${reason})`;
  const unseen = coverage.spacesTotal - coverage.spacesSeen;
  const branches = [
    ...(detail === null ? [] : [plainLine(withRemedy(detail, result.errorCode))]),
    `Spaces    ${coverage.spacesSeen}/${coverage.spacesTotal}${unseen > 0 ? ` (${unseen} not audited)` : ''} · pages ${count(result.pagesSeen)} seen, ${count(result.pagesChanged)} changed`,
    `Findings  ${count(total(result.findings))} open (${findingsText(result)}) · ${count(total(result.findingsNew))} new · ${count(result.findingsResolved)} resolved`,
    `Writes    ${count(result.writesPlanned)} planned · ${count(result.writesDone)} done · ${count(result.writesDeferred)} left for later`,
    ...(result.mutesUnused ? [`Mutes     ${count(result.mutesUnused)} hold no finding (the log names them)`] : []),
    `Requests  ${count(result.requests)}${expected(result)} · ${count(result.throttled)} throttled${result.waitedSeconds >= 0.5 ? ` (waited ${result.waitedSeconds.toFixed(0)} s)` : ''}`,
    ...(result.runId === null
      ? []
      : [`Run       ${result.runId}${result.planId === null ? '' : ` · plan ${result.planId}`}`]),
  ];
  const lines = branches.map((branch, index) => `${index === branches.length - 1 ? '└──' : '├──'} ${branch}`);
  return [
    `${plainLine(tenantId)}: ${coloured(outcome, outcome, ink)}${because}, ${seconds.toFixed(1)} s`,
    ...lines,
  ].join('\n');
}

function expected({ estimate }: AuditResult): string {
  if (estimate === null) return '';
  const requests = count(estimate.requests);
  if (estimate.countedBy === 'inventory') return ` (estimated ${requests})`;
  // Folders, accounts, versions and writes show themselves on the way.
  return ` (at least ${requests} were expected, ${estimate.countedBy === 'site' ? "by the site's own count" : 'pages unknown'})`;
}

function totals(results: readonly AuditResult[]): string {
  const outcomes = (['complete', 'partial', 'failed', 'skipped'] as const)
    .map((outcome) => ({ outcome, tenants: results.filter((result) => result.outcome === outcome).length }))
    .filter(({ tenants }) => tenants > 0)
    .map(({ outcome, tenants }) => `${tenants} ${outcome}`);
  const sum = (pick: (result: AuditResult) => number) => results.reduce((all, result) => all + pick(result), 0);
  const changed = sum((result) => total(result.findingsNew) + result.findingsResolved);
  const change = changed === 0 ? 'no change' : `${count(changed)} findings opened or resolved`;
  return `${results.length} ${results.length === 1 ? 'tenant' : 'tenants'}: ${outcomes.join(', ') || 'none'} · ${count(sum((result) => result.writesDone))} writes, ${change}`;
}
