import { expect, test } from 'vitest';
import { plainLine, plainText, withoutControls } from '../../src/domain/plain-text.ts';

test.each([
  ['colour', 'a\u001b[31mred\u001b[0m', 'ared'],
  ['cursor movement and clearing', '\u001b[2J\u001b[1;1Hgone', 'gone'],
  ['a window title', '\u001b]0;owned\u0007text', 'text'],
  ['a hyperlink', '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
  ['an 8-bit escape', 'a\u009b31mb', 'ab'],
  ['a lone escape', 'a\u001b', 'a'],
  ['a bell, backspace and NUL', 'a\u0007\u0008\u0000b', 'ab'],
  ['bidi overrides and isolates', 'a\u202egpj.\u202c\u2066b\u2069', 'agpj.b'],
  ['line breaks of all kinds', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
  ['a tab', 'a\tb', 'a b'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
  ['other scripts', 'Übersicht 日本語 👩‍🚒', 'Übersicht 日本語 👩‍🚒'],
])('%s', (_, text, shown) => {
  expect(plainText(text)).toBe(shown);
});

test('a line stays one line', () => {
  expect(plainLine('one \r\n  two\n\nthree')).toBe('one two three');
});

test('without controls, tabs and line breaks stay', () => {
  expect(withoutControls('a\t\u001b[1mb\r\nc\u0000')).toBe('a\tb\r\nc');
});
