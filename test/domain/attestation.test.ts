import { describe, expect, it } from 'vitest';
import { dayInProperty, readAttestations } from '../../src/domain/attestation.ts';
import { NOW } from '../page-view.ts';

describe('the day that a content property names', () => {
  it.each([
    ['a day', '2027-03-31', '2027-03-31'],
    ['an instant', '2027-03-31T08:00:00.000Z', '2027-03-31'],
    ['a day under a key', { by: 'ada', reviewedAt: '2027-03-31' }, '2027-03-31'],
    ['the newest of several', { first: '2026-01-01', last: '2027-03-31' }, '2027-03-31'],
    ['no day of a calendar', '2027-02-30', null],
    ['a word', 'soon', null],
    ['a number', 20_270_331, null],
    ['a list', ['2027-03-31'], '2027-03-31'],
    ['nothing', undefined, null],
    ['null', null, null],
  ])('is read from %s', (_, value, day) => {
    expect(dayInProperty(value)).toBe(day);
  });
});

const mark = (day: string) => ({ kind: 'status', name: 'Verified', day }) as const;
const read = (day: string) => readAttestations({ labels: [], dates: [], marks: [mark(day)] }, NOW);

it('a content status attests as of its day, and one of tomorrow does not', () => {
  expect(read('2027-05-01')).toMatchObject({
    newest: { source: 'content status "Verified" (2027-05-01)' },
    future: [],
  });
  expect(read('2099-01-01')).toEqual({ newest: null, future: ['content status "Verified" (2099-01-01)'] });
});
