import { describe, expect, it } from 'vitest';
import { judgeTenant } from '../../src/domain/judge.ts';
import type { TenantView } from '../../src/domain/tenant-view.ts';
import rule from '../../src/rules/tenant-not-audited.ts';
import { expectStorable } from '../rule-tester.ts';

const judge = (nights: Partial<TenantView['nights']>, options: object = {}) =>
  judgeTenant(
    rule,
    {
      id: 'acme',
      credential: { id: 'site', type: 'basic', ends: null },
      coverage: null,
      nights: { lastSuccess: '2026-11-02T02:10:30Z', missed: 0, end: null, ...nights },
    },
    { now: new Date('2026-11-05T02:00:00Z') },
    { severity: 'high', options },
  );

describe('tenant-not-audited finds nothing', () => {
  it.each([
    ['after a complete audit', { missed: 0 }, {}],
    ['after one missed night', { missed: 1 }, {}],
    ['before the nights that the settings allow are over', { missed: 4 }, { nights: 5 }],
  ])('%s', (_when, nights, options) => {
    expect(judge(nights, options)).toEqual([]);
  });
});

describe('tenant-not-audited finds', () => {
  it.each([
    ['failed nights', { missed: 2, end: { outcome: 'failed', reason: 'auth-invalid' } }, {}, rule.example],
    [
      'nights that nobody took',
      { missed: 3 },
      {},
      'No audit has been complete since 2026-11-02 02:10 UTC, and 3 nights have passed; no run took place.',
    ],
    [
      'a tenant that never had an audit',
      { missed: 2, lastSuccess: null },
      {},
      'No audit has ever been complete, and 2 nights have passed; no run took place.',
    ],
    [
      'one night where the settings say so',
      { missed: 1 },
      { nights: 1 },
      'No audit has been complete since 2026-11-02 02:10 UTC, and a night has passed; no run took place.',
    ],
  ] as const)('%s', (_what, nights, options, reason) => {
    const results = judge(nights, options);
    expect(results).toMatchObject([
      { status: 'fail', severity: 'high', pageId: '', subject: { type: 'tenant', id: 'acme' }, reason },
    ]);
    expect(results[0]?.evidence).toMatchObject({ missed_nights: nights.missed });
    expectStorable(results);
  });
});
