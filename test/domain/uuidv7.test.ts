import { check, integer, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { uuidv7 } from '../../src/domain/uuidv7.ts';

test('the example of RFC 9562, appendix A.6, comes out', () => {
  const random = Buffer.from('0000000000000cc318c4dc0c0c07398f', 'hex');
  expect(uuidv7(new Date(0x017f22e279b0), random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('ids of later milliseconds sort later, whatever the random part is', () => {
  const bytes = uint8Array({ minLength: 16, maxLength: 16 });
  const sortsLater = property(
    integer({ min: 0, max: 2 ** 47 }),
    integer({ min: 1, max: 2 ** 40 }),
    bytes,
    bytes,
    (at, later, one, two) => uuidv7(new Date(at), one) < uuidv7(new Date(at + later), two),
  );
  expect(check(sortsLater)).toMatchObject({ failed: false });
});

test('version and variant are set, and the caller’s bytes are left alone', () => {
  const random = new Uint8Array(16).fill(255);
  expect(uuidv7(new Date(0), random)).toBe('00000000-0000-7fff-bfff-ffffffffffff');
  expect(random).toEqual(new Uint8Array(16).fill(255));
});

test('too few random bytes are refused', () => {
  expect(() => uuidv7(new Date(0), new Uint8Array(15))).toThrow(/16 random bytes/);
});
