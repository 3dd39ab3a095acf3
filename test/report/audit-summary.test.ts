import { expect, test } from 'vitest';
import { auditSummaryJson, auditSummaryTable } from '../../src/report/audit-summary.ts';
import { auditTree } from '../../src/report/audit-tree.ts';
import { auditResult, bySeverity } from './audit-result.ts';

const acme = auditResult({
  planId: '0195e0a0-0000-7000-8000-00000000000a',
  outcome: 'partial',
  reason: 'budget',
  detail: 'Space OPS was refused.',
  coverage: { spacesSeen: 41, spacesTotal: 43, percent: 95.6 },
  findings: bySeverity({ high: 3, low: 2 }),
  findingsNew: bySeverity({ high: 1 }),
  findingsResolved: 2,
  writesPlanned: 4,
  writesDone: 3,
  writesDeferred: 1,
  mutesUnused: 2,
  requests: 1812,
  estimate: { requests: 1790, points: 40_211, countedBy: 'inventory' },
  throttled: 3,
  waitedSeconds: 41.3,
  seconds: 31.42,
  pagesSeen: 6120,
  pagesChanged: 310,
});
const globex = auditResult({
  tenantId: 'globex',
  runId: null,
  outcome: 'failed',
  reason: 'auth-invalid',
  coverage: { spacesSeen: 0, spacesTotal: 0, percent: null },
  requests: 1,
});

test('json is one array with an object per tenant, under the names of the contract', () => {
  expect(JSON.parse(auditSummaryJson([acme, globex]))).toMatchObject([
    {
      tenant_id: 'acme',
      run_id: acme.runId,
      plan_id: acme.planId,
      outcome: 'partial',
      reason: 'budget',
      coverage: { spaces_seen: 41, spaces_total: 43, percent: 95.6 },
      findings: { critical: 0, high: 3, medium: 0, low: 2, info: 0 },
      findings_new: { high: 1 },
      findings_resolved: 2,
      writes: { planned: 4, done: 3, deferred: 1 },
      mutes_unused: 2,
      requests: 1812,
      estimated_requests: 1790,
      estimated_points: 40_211,
    },
    { tenant_id: 'globex', run_id: null, outcome: 'failed', reason: 'auth-invalid', coverage: { percent: null } },
  ]);
});

test('the table shows the same for people', () => {
  const table = auditSummaryTable([acme, globex], null);
  for (const text of ['95% (41/43 spaces)', '3 high, 2 low', '3 of 4', 'auth-invalid', 'unknown', acme.planId ?? '']) {
    expect(table).toContain(` ${text} `);
  }
});

test('coverage is never rounded up to everything', () => {
  const almost = auditResult({ coverage: { spacesSeen: 999, spacesTotal: 1000, percent: 99.9 } });
  expect(auditSummaryTable([almost], null)).toContain('99% (999/1000 spaces)');
});

test('the tree tells each tenant, then the sum', () => {
  expect(auditTree([acme, globex])).toBe(`acme: partial (budget), 31.4 s
├── Space OPS was refused.
├── Spaces    41/43 (2 not audited) · pages 6,120 seen, 310 changed
├── Findings  5 open (3 high, 2 low) · 1 new · 2 resolved
├── Writes    4 planned · 3 done · 1 left for later
├── Mutes     2 hold no finding (the log names them)
├── Requests  1,812 (estimated 1,790) · 3 throttled (waited 41 s)
└── Run       ${acme.runId} · plan ${acme.planId}

globex: failed (auth-invalid), 1.3 s
├── Spaces    0/0 · pages 120 seen, 0 changed
├── Findings  0 open (none) · 0 new · 0 resolved
├── Writes    0 planned · 0 done · 0 left for later
└── Requests  1 · 0 throttled

2 tenants: 1 partial, 1 failed · 3 writes, 3 findings opened or resolved
`);
});

test('a first night does not pretend to have known what it would take', () => {
  const first = auditResult({ estimate: { requests: 9, points: 60, countedBy: null } });
  expect(auditTree([first])).toContain('Requests  40 (at least 9 were expected, pages unknown) · 0 throttled');
  expect(JSON.parse(auditSummaryJson([first]))).toMatchObject([{ estimated_requests: null, estimated_points: null }]);
});

test('a quiet second night says so', () => {
  expect(auditTree([auditResult()])).toContain('\n1 tenant: 1 complete · 0 writes, no change\n');
});
