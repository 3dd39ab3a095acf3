import { expect, test } from 'vitest';
import type { FindingLine } from '../../src/domain/finding-line.ts';
import { topFindings } from '../../src/report/top-findings.ts';

const finding = (some: Partial<FindingLine> = {}): FindingLine => ({
  tenantId: 'acme',
  spaceKey: 'OPS',
  ruleId: 'stale-runbook',
  severity: 'high',
  pageTitle: 'Restore the database',
  pageUrl: 'https://acme.atlassian.net/wiki/spaces/OPS/pages/1',
  reason: 'Last edited by a person 412 days ago, and runbooks are stale after 180 days.',
  ownerName: 'Ada Lovelace',
  label: 'docaudit-stale',
  ...some,
});

test('an entry says which page, why, who owns it and what was labelled', () => {
  expect(topFindings([finding()], { most: 5, width: 60 })).toBe(`1.   Restore the database
     high · stale-runbook · acme / OPS
     Last edited by a person 412 days ago, and runbooks are
     stale after 180 days.
     Owner: Ada Lovelace · labelled docaudit-stale
     https://acme.atlassian.net/wiki/spaces/OPS/pages/1
`);
});

test('an address is never broken', () => {
  expect(topFindings([finding()], { most: 5, width: 30 })).toContain(
    'https://acme.atlassian.net/wiki/spaces/OPS/pages/1\n',
  );
});

test('the worst come first, the given order stands within a severity, the rest is counted', () => {
  const list = topFindings(
    [
      finding({ severity: 'low', pageTitle: 'C' }),
      finding({ pageTitle: 'A' }),
      finding({ pageTitle: 'B' }),
      finding({ severity: 'critical', pageTitle: 'Z' }),
    ],
    { most: 3, width: 80 },
  );
  expect(list.match(/^\d\. .*$/gm)).toEqual(['1.   Z', '2.   A', '3.   B']);
  expect(list).toMatch(/\n… and 1 more\.\n$/);
});

test('a finding about no page is named by its rule', () => {
  const list = topFindings(
    [
      finding({
        ruleId: 'coverage-dropped',
        pageTitle: null,
        pageUrl: null,
        spaceKey: null,
        ownerName: null,
        label: null,
      }),
    ],
    { most: 1, width: 80 },
  );
  expect(list).toMatch(/^1\. {3}coverage-dropped\n {5}high · coverage-dropped · acme\n/);
  expect(list).toMatch(/Owner: nobody known\n$/);
});

test('nothing found is said', () => {
  expect(topFindings([], { most: 5, width: 80 })).toBe('No findings.\n');
});
