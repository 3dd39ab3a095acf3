import { expect, it } from 'vitest';
import { cqlForPages, cqlText } from '../../src/confluence/cql.ts';

it('asks for pages of spaces or for pages by id', () => {
  expect(cqlForPages({ spaceKeys: ['OPS', '~712020ab'] })).toBe('type = page and space in ("OPS", "~712020ab")');
  expect(cqlForPages({ pageIds: ['1', '22'] })).toBe('type = page and id in (1, 22)');
  expect(cqlForPages({})).toBe('type = page');
  expect(cqlForPages({ contentTypes: ['page', 'blogpost'], pageIds: ['1'] })).toBe(
    'type in (page, blogpost) and id in (1)',
  );
});

it.each([
  ['A"B', String.raw`"A\"B"`],
  [String.raw`A\B`, String.raw`"A\\B"`],
  ['x") or type = space or ("', String.raw`"x\") or type = space or (\""`],
])('keeps %s inside its quotes', (value, expected) => {
  expect(cqlText(value)).toBe(expected);
});

it('refuses control characters and ids that are not numbers', () => {
  const refused = expect.objectContaining({ code: 'request-refused' });
  expect(() => cqlText('a\nb')).toThrow(refused);
  expect(() => cqlForPages({ pageIds: ['1) or (type = page'] })).toThrow(refused);
});
