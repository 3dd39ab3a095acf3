import { expect, test } from 'vitest';
import { nearestName } from '../../src/domain/nearest-name.ts';

const KNOWN = ['audit', 'apply', 'report', 'rules', 'config', 'stale-runbook', 'stale-page'];

test.each([
  ['adit', 'audit'],
  ['auidt', 'audit'],
  ['AUDIT', 'audit'],
  ['reprot', 'report'],
  ['rule', 'rules'],
  ['conf', 'config'],
  ['stale-runboks', 'stale-runbook'],
  ['xylophone', null],
  ['x', null],
  ['', null],
])('%j is meant as %j', (given, meant) => {
  expect(nearestName(given, KNOWN)).toBe(meant);
});

test('where nothing is known, nothing is near', () => {
  expect(nearestName('audit', [])).toBeNull();
});
