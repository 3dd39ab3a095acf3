import { expect, test } from 'vitest';
import { FORMAT_NAMES, formatRows } from '../../src/report/formats.ts';

const report = {
  columns: ['tenant_id', 'page_title', 'age_days', 'evidence'],
  rows: [
    ['acme', 'Restore "db"', 412, { file: 'a|b' }],
    ['globex', 'Zwei\nZeilen', null, null],
  ],
};

test('json is one array of row objects in the order of the columns', () => {
  const json = formatRows(report, 'json', 80);
  expect(JSON.parse(json)).toEqual([
    { tenant_id: 'acme', page_title: 'Restore "db"', age_days: 412, evidence: { file: 'a|b' } },
    { tenant_id: 'globex', page_title: 'Zwei\nZeilen', age_days: null, evidence: null },
  ]);
  expect(Object.keys((JSON.parse(json) as object[])[0] ?? {})).toEqual(report.columns);
  expect(formatRows({ columns: ['a'], rows: [] }, 'json', null)).toBe('[]\n');
});

test('ndjson is the same objects, one a line', () => {
  const lines = formatRows(report, 'ndjson', null).split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(JSON.parse(formatRows(report, 'json', null)));
  expect(formatRows({ columns: ['a'], rows: [] }, 'ndjson', null)).toBe('');
});

test('a column may have any name', () => {
  expect(formatRows({ columns: ['__proto__'], rows: [[1]] }, 'ndjson', null)).toBe('{"__proto__":1}\n');
});

test('markdown is a table in which nothing of a cell takes effect', () => {
  const nasty = '[click](javascript:alert(1)) <img src=x> `code` **bold** a|b | c\\ ![x](y) &lt; @team';
  const markdown = formatRows({ columns: ['page_title'], rows: [[nasty], ['two\nlines']] }, 'md', null);
  expect(markdown.split('\n')).toEqual([
    '| page_title |',
    '| --- |',
    String.raw`| \[click\](javascript:alert(1)) \<img src=x\> \`code\` \*\*bold\*\* a\|b \| c\\ \!\[x\](y) &amp;lt; @​team |`,
    '| two lines |',
    '',
  ]);
});

test.each(FORMAT_NAMES)('%s hands no control character or bidi override to the terminal', (format) => {
  const title = 'a\u001b[31mb\u0007\u009b1mc\u202ed';
  const text = formatRows({ columns: ['page_title'], rows: [[title]] }, format, 80);
  // eslint-disable-next-line no-control-regex -- these must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(text).toContain(format.endsWith('json') ? 'a\\u001b[31mb' : 'abcd');
});
