import { describe, expect, test } from 'vitest';
import { NO_INK } from '../../src/domain/ink.ts';
import { formatTable } from '../../src/report/format-table.ts';
import { shortened, textWidth } from '../../src/report/text-layout.ts';

const INK = { colour: true, links: true };
const URL = 'https://acme.atlassian.net/wiki/spaces/OPS/pages/1';
// What a terminal obeys and does not draw. https://en.wikipedia.org/wiki/ANSI_escape_code
// eslint-disable-next-line no-control-regex -- these are looked for
const drawn = (text: string): string => text.replace(/\u001b(?:\[[\d;]*m|\]8;;[^\u001b]*\u001b\\)/g, '');
const widest = (text: string): number => Math.max(...text.split('\n').map(textWidth));

const COLUMNS =
  'finding_id tenant_id rule_id severity reason evidence remediation space_key page_title page_url owner_name'.split(
    ' ',
  );
const row = (severity: string, title: string): unknown[] => [
  'f1',
  'acme',
  'stale-runbook',
  severity,
  'No person has confirmed this runbook for 412 days (limit 180).',
  { age_days: 412 },
  'Walk through it.',
  'OPS',
  title,
  URL,
  'Ann Example',
];
const findings = { columns: COLUMNS, rows: [row('critical', '復旧手順書 データベースの復旧'), row('low', 'Restart')] };

describe('a table of findings on a terminal', () => {
  test.each([70, 80, 100, 140, 200])('of %i cells fits it, with ink and without', (width) => {
    const plain = formatTable(findings, width);
    const inked = formatTable(findings, width, INK);
    expect(drawn(inked)).toBe(plain);
    expect(widest(plain)).toBeLessThanOrEqual(width);
    expect(plain).toMatch(/^┌/);
    const borders = plain.split('\n').filter((line) => /^[│┌├└]/.test(line));
    expect(new Set(borders.map(textWidth)).size).toBe(1);
  });

  test('shows what matters most and names what it leaves out', () => {
    const table = formatTable(findings, 90);
    expect(table).toMatch(/│ severity │ page_title +│ reason +│ rule_id +│ space_key │/);
    expect(table.replaceAll('\n', ' ')).toMatch(
      /Not shown: finding_id, .*evidence, .*page_url.*\. --format json has every column\./,
    );
  });

  test('leads from a title to its page, also where the address is left out, and colours the severity', () => {
    const table = formatTable(findings, 90, INK);
    expect(table).toContain(`\u001b]8;;${URL}\u001b\\Restart\u001b]8;;\u001b\\`);
    expect(table).toContain('\u001b[1;31mcritical\u001b[0m');
    expect(table).not.toContain('\u001b[1;31mseverity');
    expect(formatTable(findings, 90, { ...INK, colour: false })).not.toContain('\u001b[');
    // eslint-disable-next-line no-control-regex -- these must not be there
    expect(formatTable(findings, 90, NO_INK)).not.toMatch(/\u001b/);
  });

  test('of one finding shows everything, one column under the other', () => {
    const text = formatTable({ ...findings, rows: findings.rows.slice(0, 1) }, 90, INK);
    expect(text).toMatch(/^── 1 of 1 ──\nfinding_id {3}f1\n/);
    expect(drawn(text)).toContain(`page_url     ${URL}`);
    expect(text).toContain('\u001b[1;31mcritical\u001b[0m');
  });
});

test('a long cell ends with an ellipsis on a terminal and nowhere else', () => {
  const words = 'one two three four five six seven eight nine ten eleven twelve thirteen';
  const report = { columns: ['a'], rows: [[words], ['short']] };
  const table = formatTable(report, 14);
  expect(table).toContain('│ ten eleve… │');
  expect(table).not.toContain('thirteen');
  expect(widest(table)).toBeLessThanOrEqual(14);
  expect(formatTable(report, null)).toContain(words);
});

test.each([
  [['a', 'b'], 2, 5, ['a', 'b']],
  [['a', 'b', 'c'], 2, 5, ['a', 'b…']],
  [['a', 'abcde', 'c'], 2, 5, ['a', 'abcd…']],
  [['データベース', 'x'], 1, 7, ['データ…']],
  [['デー タ', 'x'], 1, 6, ['デー…']],
])('%j in %i lines of %i cells is %j', (lines, most, width, expected) => {
  const short = shortened(lines, { most, width });
  expect(short).toEqual(expected);
  expect(Math.max(...short.map(textWidth))).toBeLessThanOrEqual(width);
});
