import { describe, expect, test } from 'vitest';
import { parseSince, printPosition } from '../../src/domain/position.ts';

describe('--since takes', () => {
  test.each([
    ['tx:8311', { after: { tx: '8311', id: '' } }],
    ['tx:8311/0198-ab:opened:f1', { after: { tx: '8311', id: '0198-ab:opened:f1' } }],
    ['tx:18446744073709551615', { after: { tx: '18446744073709551615', id: '' } }],
    ['2027-03-01', { at: new Date('2027-03-01T00:00:00Z') }],
    ['2027-03-01T10:30:00Z', { at: new Date('2027-03-01T10:30:00Z') }],
    ['2027-03-01T10:30:00.25+02:00', { at: new Date('2027-03-01T08:30:00.250Z') }],
  ])('%s', (text, since) => {
    expect(parseSince(text)).toEqual(since);
  });
});

describe('--since refuses', () => {
  test.each([
    'yesterday',
    '8311',
    'tx:',
    'tx:-1',
    'tx:12e3',
    'tx:18446744073709551616',
    'tx:8311/',
    'tx:8311/a b',
    `tx:8311/${'x'.repeat(301)}`,
    "tx:1'; drop table audit.api_call; --",
    '2027-02-30',
    '2027-13-01',
    '2027-03-01T10:30:00',
    '1767225600',
    '',
  ])('%s', (text) => {
    expect(parseSince(text)).toBeNull();
  });
});

test.each(['tx:8311', 'tx:8311/0198-ab:opened:f1'])('%s is printed as it was read', (text) => {
  const since = parseSince(text);
  expect(since !== null && 'after' in since && printPosition(since.after)).toBe(text);
});
