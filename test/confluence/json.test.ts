import { expect, it } from 'vitest';
import { NOT_JSON, parseJson } from '../../src/confluence/json.ts';

it('keeps every digit of whole numbers that a double cannot hold', () => {
  expect(parseJson('{"id": 9223372036854775807, "n": [ -90071992547409930, 12 ]}')).toEqual({
    id: '9223372036854775807',
    n: ['-90071992547409930', 12],
  });
});

it('leaves safe numbers, fractions and strings of digits as they are', () => {
  const text = '{"a":9007199254740991,"b":1234567890123456.5,"c":"9223372036854775807"}';
  expect(parseJson(text)).toEqual({ a: 9_007_199_254_740_991, b: 1_234_567_890_123_456.5, c: '9223372036854775807' });
});

it.each(['', '<html>', '{"results":[{"id":"1"},', 'undefined'])('says that %j is not JSON', (text) => {
  expect(parseJson(text)).toBe(NOT_JSON);
});
