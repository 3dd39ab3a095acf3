import { describe, expect, it } from 'vitest';
import { judgeTenant } from '../../src/domain/judge.ts';
import type { SeenSpace, TenantView } from '../../src/domain/tenant-view.ts';
import rule from '../../src/rules/coverage-dropped.ts';
import { expectStorable } from '../rule-tester.ts';

type Coverage = NonNullable<TenantView['coverage']>;

const OPS: SeenSpace = { key: 'OPS', state: 'walked', pagesSeen: 7, pagesLastTime: 7, missing: 0, settled: true };
const space = (some: Partial<SeenSpace>): SeenSpace => ({ ...OPS, ...some });

const judge = (coverage: Partial<Coverage> | null) => {
  const seen = coverage && { expect: { spaces: [], minPages: {} }, spaces: [OPS], pagesUnseen: [], ...coverage };
  const credential = { id: 'site', type: 'basic', ends: null };
  const view = { id: 'acme', credential, coverage: seen, nights: { lastSuccess: null, missed: 0, end: null } };
  return judgeTenant(rule, view, { now: new Date() }, { severity: rule.severity, options: {} });
};
const expecting = (spaces: string[], minPages: Record<string, number> = {}) => ({ expect: { spaces, minPages } });

describe('coverage-dropped finds nothing', () => {
  it.each<[string, Partial<Coverage>]>([
    ['where all was walked', {}],
    ['where what is expected was seen, whatever its case', expecting(['ops'], { Ops: 7 })],
    ['in a space that the settings leave out', { spaces: [space({ state: 'excluded', pagesSeen: 0 })] }],
    [
      'in a space that refused its pages ever since',
      { spaces: [space({ state: 'refused', pagesSeen: 0, pagesLastTime: 0 })] },
    ],
  ])('%s', (_where, coverage) => {
    expect(judge(coverage)).toEqual([]);
  });
});

describe('coverage-dropped judges nothing', () => {
  it.each<[string, Partial<Coverage> | null]>([
    ['where the run did not come to its lists', null],
    ['where a list broke off', { spaces: [space({ state: 'partial', pagesSeen: 1 })], ...expecting([], { OPS: 7 }) }],
    ['of pages while a space was left out of the run', { spaces: [space({ settled: false })], pagesUnseen: ['12'] }],
  ])('%s', (_where, coverage) => {
    expect(judge(coverage).map(({ status }) => status)).toEqual(['skip']);
  });
});

describe('coverage-dropped finds', () => {
  it.each<[string, Partial<Coverage>, string]>([
    ['pages that vanished', { spaces: [space({ state: 'partial', pagesSeen: 2, missing: 5 })] }, rule.example],
    [
      'a space that is listed no more',
      { spaces: [space({ state: 'gone', pagesSeen: 0, missing: 7 })] },
      'Space OPS is not listed any more; 7 pages of it were known.',
    ],
    [
      'a space that refuses its pages now',
      { spaces: [space({ state: 'refused', pagesSeen: 0 })] },
      'Space OPS refuses its pages; 7 were seen last time.',
    ],
    [
      'a space that is expected and left out',
      { spaces: [space({ state: 'excluded' })], ...expecting(['OPS']) },
      'The settings expect the space OPS, and it is not audited.',
    ],
    [
      'too few pages in an expected space',
      expecting(['OPS'], { OPS: 8 }),
      'The settings expect at least 8 pages in space OPS, and 7 were seen.',
    ],
    [
      'a space that nobody sees, with all that is expected of it',
      { spaces: [], ...expecting(['Ghost'], { Ghost: 2 }) },
      'The settings expect the space Ghost, and the account does not see it. The settings expect at least 2 pages in space Ghost, and 0 were seen.',
    ],
    ['a page', { pagesUnseen: ['12'] }, 'The settings expect the page 12, and the audit did not see it.'],
  ])('%s', (_what, coverage, reason) => {
    const results = judge(coverage);
    expect(results).toMatchObject([{ status: 'fail', severity: 'high', pageId: '', reason }]);
    expectStorable(results);
  });

  it('what a space lost also while another one was not listed to its end', () => {
    const lost = space({ state: 'gone', missing: 7 });
    const results = judge({ spaces: [lost, space({ key: 'DOCS', settled: false })] });
    expect(results.map(({ status, subject }) => `${status} ${subject.id}`)).toEqual(['skip ', 'fail OPS']);
  });
});
