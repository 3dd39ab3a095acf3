import { expect, test } from 'vitest';
import { formatCsv } from '../../src/report/format-csv.ts';

const cell = (value: unknown): string => {
  const csv = formatCsv({ columns: ['c'], rows: [[value]] });
  return csv.slice('"c"\r\n"'.length, -'"\r\n'.length);
};

test('every cell is quoted, lines end with CRLF, quote marks are doubled', () => {
  const csv = formatCsv({
    columns: ['a', 'b'],
    rows: [
      ['x', 'say "hi", then\nleave'],
      [null, true],
    ],
  });
  expect(csv).toBe('"a","b"\r\n"x","say ""hi"", then\nleave"\r\n"","true"\r\n');
});

test('no rows leave the header', () => {
  expect(formatCsv({ columns: ['a'], rows: [] })).toBe('"a"\r\n');
});

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  ['\nx', "'\nx"],
  ['  =1', "'  =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['\u200b=1', "'=1"],
  ['\ufeff=1', "'=1"],
  ['＝1', "'＝1"],
  ['safe\n=1', "safe\n'=1"],
  ['safe\r\n +1', "safe\r\n' +1"],
  ['safe\r@x', "safe\r'@x"],
  ['=1\n=2', "'=1\n'=2"],
])('%j cannot start a formula', (text, written) => {
  expect(cell(text).replaceAll('\u200b', '')).toBe(written);
});

test.each(['a=b', 'a-b', 'plain', "'quoted'", 'line\nline', '2026-01-01', ''])('%j stays as it is', (text) => {
  expect(cell(text)).toBe(text);
});

test('numbers stay numbers, also negative ones', () => {
  expect(cell(-3)).toBe('-3');
  expect(cell(-9007199254740993n)).toBe('-9007199254740993');
  expect(cell('-3')).toBe("'-3");
});

test('lists and objects are written as JSON', () => {
  expect(cell({ file: 'a.exe' })).toBe('{""file"":""a.exe""}');
});

test('what a terminal would obey is taken out', () => {
  expect(cell('a\u001b[31mb\u202e')).toBe('ab');
});
