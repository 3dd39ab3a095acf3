import { expect, it } from 'vitest';
import { checkExpiry } from '../../src/doctor/check-expiry.ts';

const NOW = new Date('2026-11-22T02:00:00Z');

it.each([
  [null, 'warn', /do not say/],
  ['2026-11-21', 'warn', /it ended on 2026-11-21\.$/],
  ['2026-11-22', 'warn', /ended on/],
  ['2026-12-21', 'warn', /in 28 days\.$/],
  ['2026-12-23', 'ok', /in 30 days\.$/],
  ['2027-11-22', 'ok', /in 364 days\.$/],
])('a credential that ends on %s: %s', (expires, status, detail) => {
  const check = checkExpiry({ tenant: 'acme', check: 'token expiry' }, { type: 'basic', expires }, NOW);
  expect(check).toMatchObject({ status, detail: expect.stringMatching(detail), exit: 0 });
  expect(check.advice === null).toBe(status === 'ok');
});

it('a consent needs no day in the settings: its use prolongs it', () => {
  const check = checkExpiry({ tenant: 'acme', check: 'token expiry' }, { type: 'oauth', expires: null }, NOW);
  expect(check).toMatchObject({ status: 'ok', detail: expect.stringMatching(/90 days/) });
});
