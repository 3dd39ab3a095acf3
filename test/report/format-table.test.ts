import { expect, test } from 'vitest';
import { formatTable } from '../../src/report/format-table.ts';
import { textWidth } from '../../src/report/text-layout.ts';

const URL = 'https://acme.atlassian.net/wiki/spaces/OPS/pages/123456789/Restore+the+database+after+a+crash';
const report = {
  columns: ['tenant_id', 'page_title', 'page_url', 'age_days'],
  rows: [
    ['acme', 'How to restore the database after a crash', URL, 412],
    ['globex', '日本語のランブック 日本語のランブック', null, -3],
  ],
};

const widest = (text: string): number => Math.max(...text.split('\n').map(textWidth));

test('a table fits the terminal and loses nothing', () => {
  const table = formatTable(report, 80);
  expect(widest(table)).toBeLessThanOrEqual(80);
  expect(table).toMatch(/^┌─+┬/);
  const column = (number: number) =>
    table
      .split('\n')
      .map((line) => line.split('│')[number] ?? '')
      .map((cell) => cell.trim())
      .join('');
  expect(column(3)).toContain(URL);
  expect(column(2)).toContain('日本語のランブック日本語のランブック');
});

test('words are not broken where a line can be', () => {
  expect(formatTable({ columns: ['reason'], rows: [['Last edited 412 days ago, over the limit.']] }, 30)).toContain(
    '│ Last edited 412 days ago,  │\n│ over the limit.            │',
  );
});

test('every border stands under the other, also with wide characters', () => {
  const lines = formatTable(report, 100).trimEnd().split('\n');
  expect(new Set(lines.map(textWidth)).size).toBe(1);
});

test('without a terminal nothing is wrapped', () => {
  expect(formatTable(report, null)).toContain(URL);
});

test('too many columns for the terminal stand one under the other', () => {
  const text = formatTable(report, 40);
  expect(text).not.toContain('│');
  expect(text).toMatch(/^── 1 of 2 ──\ntenant_id {3}acme\n/);
  expect(widest(text)).toBeLessThanOrEqual(40);
  expect(text.replaceAll(/\n +/g, '')).toContain(URL);
});

test('an empty cell and a cell of several lines stand in their row', () => {
  expect(
    formatTable(
      {
        columns: ['a', 'b'],
        rows: [
          ['x', null],
          ['y', '1\n\n3'],
        ],
      },
      80,
    ),
  ).toBe('┌───┬───┐\n│ a │ b │\n├───┼───┤\n│ x │   │\n│ y │ 1 │\n│   │   │\n│   │ 3 │\n└───┴───┘\n');
});

test('a table of many rows is drawn at once', () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => ['acme', index]);
  expect(formatTable({ columns: ['tenant_id', 'n'], rows }, 80).split('\n')).toHaveLength(200_005);
});

test('a table without rows says so', () => {
  expect(formatTable({ columns: ['a'], rows: [] }, 80)).toMatch(/^┌───┐\n│ a │\n├───┤\n└───┘\nNo rows\.\n$/);
});

test('an address is plain text, and a title cannot draw', () => {
  const table = formatTable(
    { columns: ['a'], rows: [['\u001b]8;;https://evil.example\u001b\\Home\u001b]8;;\u001b\\\r\n│ x']] },
    80,
  );
  expect(table).not.toContain('\u001b');
  expect(table).not.toContain('evil');
  expect(table).toContain('│ Home │');
});
