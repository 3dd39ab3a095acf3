import { SEVERITIES } from '../../src/domain/severity.ts';
import type { FindingCount, Listed, ReportContent, SpaceLine, TenantLine } from '../../src/store/report-content.ts';

export const tenantLine = (some: Partial<TenantLine> & { id: string }): TenantLine => ({
  site: `https://${some.id}.atlassian.net`,
  enabled: true,
  outcome: 'complete',
  reason: null,
  asOf: '2026-03-10T02:41:07.5+00:00',
  lastSuccessAt: '2026-03-10T02:41:07.5+00:00',
  nextRunAt: '2026-03-11T02:00:00+00:00',
  missedRuns: 0,
  coverage: 100,
  tokenExpiresAt: null,
  pages: 120,
  runbooks: 40,
  healthy: 29,
  share: 0.725,
  shareThen: 0.7,
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  info: 0,
  fresh: 0,
  unjudged: 0,
  muted: 0,
  planned: 0,
  ...some,
});

export const spaceLine = (some: Partial<SpaceLine> & { tenantId: string; key: string }): SpaceLine => ({
  state: 'walked',
  pagesSeen: 120,
  pagesLastTime: 120,
  degraded: 0,
  missing: 0,
  excludedBecause: null,
  howKnown: 'listed',
  listedAt: '2026-03-08T02:00:00+00:00',
  runbooks: 40,
  healthy: 29,
  share: 0.725,
  shareThen: 0.7,
  ...some,
});

export const listedFinding = (some: Partial<Listed> & { tenantId: string }): Listed => ({
  id: '0195e0a0-0000-7000-8000-000000000001',
  rule: 'stale-runbook',
  severity: 'high',
  status: 'fail',
  confidence: 'full',
  reason: 'No person has confirmed this runbook for 412 days (limit 180).',
  remediation: 'Walk through the runbook, correct it, and save it.',
  space: 'OPS',
  title: 'Restart the payment service',
  url: 'https://acme.atlassian.net/wiki/spaces/OPS/pages/1',
  subject: 'page',
  ownerId: 'ann',
  owner: 'Ann Example',
  since: '2026-02-01T02:10:00+00:00',
  ...some,
});

const none: ReportContent = {
  tenants: [],
  chosen: [],
  spaces: [],
  counts: [],
  fleetCounts: [],
  owners: [],
  findings: [],
  trend: [],
  ages: [],
  unjudged: [],
  muted: [],
  runs: [],
};

const countBy = <Row>(rows: readonly Row[], keyOf: (row: Row) => string) =>
  [...Map.groupBy(rows, keyOf).values()].map((group) => ({ first: group[0] as Row, open: group.length }));

/** A report in which every number fits its findings. What is not given is empty. */
export function reportContent(some: Partial<ReportContent> & { tenants: readonly TenantLine[] }): ReportContent {
  const findings = some.findings ?? [];
  const of = (id: string, severity: string) =>
    findings.filter((one) => one.tenantId === id && one.severity === severity).length;
  const counts: FindingCount[] = countBy(findings, (one) =>
    [one.tenantId, one.space, one.rule, one.severity].join(),
  ).map(({ first: { tenantId, space, rule, severity }, open }) => ({ tenantId, space, rule, severity, open }));
  return {
    ...none,
    chosen: some.tenants.map(({ id }) => id),
    counts,
    fleetCounts: countBy(findings, (one) => [one.rule, one.severity].join()).map(
      ({ first: { rule, severity }, open }) => ({ rule, severity, open }),
    ),
    owners: countBy(findings, (one) => [one.tenantId, one.ownerId, one.severity].join()).map(
      ({ first: { tenantId, ownerId, owner: name, severity }, open }) => ({ tenantId, ownerId, name, severity, open }),
    ),
    ...some,
    tenants: some.tenants.map((tenant) => ({
      ...tenant,
      ...Object.fromEntries(SEVERITIES.map((severity) => [severity, of(tenant.id, severity)])),
    })),
  };
}
