import { expect, test } from 'vitest';
import { auditExit, parseFailOn } from '../../src/domain/audit-exit.ts';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import { auditResult, bySeverity } from '../report/audit-result.ts';

const complete = auditResult({
  outcome: 'complete',
  findings: bySeverity({ high: 2, low: 1 }),
  findingsNew: bySeverity({ low: 1 }),
});
const partial = auditResult({ outcome: 'partial', reason: 'budget', findingsNew: bySeverity({ critical: 9 }) });
const failed = auditResult({ outcome: 'failed', reason: 'auth-invalid' });
const skipped = auditResult({ outcome: 'skipped', reason: 'disabled' });
const stopped = auditResult({ outcome: 'partial', reason: 'breaker' });

test.each<[string, AuditResult[], string | null, number]>([
  ['nothing to audit', [], null, 0],
  ['complete', [complete], null, 0],
  ['skipped', [skipped], 'info:all', 0],
  ['partial', [complete, partial], null, 4],
  ['failed outranks partial', [partial, failed, complete], null, 5],
  ['the breaker outranks failed', [failed, stopped], null, 6],
  ['an open finding at the severity', [complete], 'high:all', 3],
  ['an open finding above the severity', [complete], 'medium:all', 3],
  ['open findings below the severity', [complete], 'critical:all', 0],
  ['only new findings count by default', [complete], 'high', 0],
  ['a new finding at the severity', [complete], 'low', 3],
  ['partial outranks findings', [complete, partial], 'low', 4],
])('%s', (_, results, failOn, exit) => {
  expect(auditExit(results, failOn === null ? null : parseFailOn(failOn))).toBe(exit);
});

test.each([
  ['high', { severity: 'high', scope: 'new' }],
  ['low:new', { severity: 'low', scope: 'new' }],
  ['critical:all', { severity: 'critical', scope: 'all' }],
  ['severe', null],
  ['high:old', null],
  ['high:all:new', null],
  ['', null],
])('--fail-on %s', (text, meant) => {
  expect(parseFailOn(text)).toEqual(meant);
});
