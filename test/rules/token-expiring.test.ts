import { describe, expect, it } from 'vitest';
import { judgeTenant } from '../../src/domain/judge.ts';
import type { TenantView } from '../../src/domain/tenant-view.ts';
import rule from '../../src/rules/token-expiring.ts';
import { expectStorable } from '../rule-tester.ts';

const NOW = new Date('2026-11-02T02:00:00Z');

const view = (ends: string | null): TenantView => ({
  id: 'acme',
  credential: { id: 'site', type: 'basic', ends },
  coverage: null,
  nights: { lastSuccess: null, missed: 0, end: null },
});

const judge = (ends: string | null, severity = rule.severity) =>
  judgeTenant(rule, view(ends), { now: NOW }, { severity, options: {} });

describe('token-expiring finds nothing', () => {
  it.each([
    ['where the settings do not say when the credential ends', null],
    ['31 whole days before', '2026-12-04'],
  ])('%s', (_when, ends) => {
    expect(judge(ends)).toEqual([]);
  });
});

describe('token-expiring warns, the nearer the louder', () => {
  it.each([
    ['2026-12-03', 'low', 30, /ends on 2026-12-03, in 30 days\.$/],
    ['2026-11-18', 'low', 15, /in 15 days\.$/],
    ['2026-11-17', 'medium', 14, /in 14 days\.$/],
    ['2026-11-11', 'medium', 8, /in 8 days\.$/],
    ['2026-11-10', 'high', 7, /in 7 days\.$/],
    ['2026-11-05', 'high', 2, /in 2 days\.$/],
    ['2026-11-04', 'critical', 1, /in one day\.$/],
    ['2026-11-03', 'critical', 0, /ends on 2026-11-03, within a day\.$/],
    ['2026-11-02', 'critical', -1, /ended on 2026-11-02, one day ago\.$/],
    ['2026-10-01', 'critical', -33, /ended on 2026-10-01, 33 days ago\.$/],
  ])('%s is %s', (ends, severity, daysLeft, reason) => {
    const results = judge(ends);
    expect(results).toMatchObject([
      {
        status: 'fail',
        severity,
        pageId: '',
        subject: { type: 'credential', id: 'site' },
        evidence: { expires_at: ends, days_left: daysLeft, auth_type: 'basic' },
      },
    ]);
    expect(results[0]?.reason).toMatch(reason);
    expectStorable(results);
  });

  it('keeps the distances when the rule is graded down', () => {
    expect(['2026-12-03', '2026-11-10', '2026-11-03'].map((ends) => judge(ends, 'medium')[0]?.severity)).toEqual([
      'info',
      'medium',
      'high',
    ]);
  });
});

it('a rule about tenants that throws has judged nothing, and says so without the message', () => {
  const broken = {
    ...rule,
    check: () => {
      throw new TypeError('secret words');
    },
  };
  const [result] = judgeTenant(broken, view(null), { now: NOW }, { severity: 'high', options: {} });
  expect(result).toMatchObject({
    status: 'error',
    reason: expect.stringMatching(/TypeError, so the tenant was not/) as string,
  });
});
