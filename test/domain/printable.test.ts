import { expect, it } from 'vitest';
import { quoted } from '../../src/domain/printable.ts';

it.each([
  ['plain.pdf', '"plain.pdf"'],
  [' two\nlines\t', '"two lines"'],
  ['photo_\u202Egpj.exe', '"photo_gpj.exe"'],
  ['\u001b[31mred', '"[31mred"'],
  ['zero\u200Bwidth\u2028', '"zerowidth"'],
  ['half \ud800 pair', '"half  pair"'],
  ['x'.repeat(120), `"${'x'.repeat(120)}"`],
  ['😀'.repeat(121), `"${'😀'.repeat(119)}…"`],
])('%j stands in a sentence as %s', (name, expected) => {
  expect(quoted(name)).toBe(expected);
});
